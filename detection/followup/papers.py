"""Papers that leave the screens: the alert as PDF, and letters; recorded before they are given out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from detection.accounts.rights import Actor, Right
from detection.audit.entry import EntryDraft
from detection.export.recorded import Recorded
from detection.followup.audit.entering import logged
from detection.followup.requests import Grant, grant, refuse_short_reason, waits_for_second
from detection.papers.alert_document import alert_document
from detection.papers.letter import LetterRequest, letter_filling
from detection.papers.template import filled
from detection.papers.templates import letter_template
from detection.papers.wording import PaperWords
from detection.report.pdf import pdf, refuse_unprintable
from detection.store.queries.disclosure.letter import LetterMaterial, letter_material
from detection.store.queries.reader import open_store
from detection.store.queries.revealed import RevealedReader
from features.workspace import Workspace, open_workspace
from features.workspace.place import Where

__all__ = ["LetterRequest", "alert_pdf", "letter"]


def alert_pdf(
    workspace: Where, alert_id: str, *, language: str, actor: Actor, at: str, fonts: Path | None = None
) -> bytes:
    """An alert with all of its evidence as PDF, ids masked, with the mark of this export.

    Args:
        workspace: where the workspace is.
        alert_id: the alert.
        language: ``en`` or ``zh``.
        actor: who takes it away; their role must have the right to export, and to reveal where real ids are written.
        at: ISO time.
        fonts: a folder of fonts, in addition to the system's.

    Raises:
        NotAllowedError: the role may not export.
        UsageError: there is no such alert, or no font with Chinese characters.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    space = open_workspace(workspace)
    with logged(space, EntryDraft(at, actor.name, "export", f"alert:{alert_id}", actor.role.value)):
        actor.require(Right.export_files)
        with open_store(space, actor.districts) as reader:
            document = alert_document(reader, alert_id, PaperWords(language))
        refuse_unprintable(document, language, fonts)  # and so not recorded as taken
        recorded = Recorded(space, actor.name, actor.role.value, at)
        mark = recorded.begin("alert", alert_id, "pdf", 1)
        content = pdf(document, language, fonts, mark.text(language))
        recorded.end(mark, "alert", content)
    return content


def letter(
    workspace: Where,
    alert_ids: Sequence[str],
    request: LetterRequest,
    *,
    language: str,
    actor: Actor,
    at: str,
    reveal: bool = False,
    reason: str = "",
    templates: Path | None = None,
) -> bytes:
    """A letter about alerts at one institution as a Word file.

    Args:
        workspace: where the workspace is.
        alert_ids: alerts of one institution.
        request: what the sender adds.
        language: ``en`` or ``zh``.
        actor: who takes it away; their role must have the right to export, and to reveal where real ids are written.
        at: ISO time.
        reveal: write real ids, so that the institution can find the settlements.
        reason: why; needed to reveal, and recorded.
        templates: a folder with the sender's own template.

    Raises:
        NotAllowedError: the role may not export, or not reveal.
        WaitsForSecondError: a second person was asked, without whom no real id leaves in a file.
        UsageError: no such alert, several institutions, a short reason, or a template that cannot be used.
        StoreError: the store cannot be read, or the record cannot be written.
    """
    space = open_workspace(workspace)
    about = f"alert:{alert_ids[0]}" if len(alert_ids) == 1 else "list:letter"
    with logged(space, EntryDraft(at, actor.name, "letter", about, actor.role.value, reason=reason)):
        actor.require(Right.export_files)
        words = PaperWords(language)
        template = letter_template(space, language, templates)
        with open_store(space, actor.districts) as reader:
            material = letter_material(reader, alert_ids)
        granted = Grant(actor)
        if reveal:
            actor.require(Right.reveal_ids)
            refuse_short_reason(reason)
            granted = grant(workspace, actor, "letter", ",".join(alert_ids), reason=reason, at=at)
            if granted.waits is None:
                material = _revealed(space, alert_ids, granted, reason, at)
        if granted.waits is None:
            filling = letter_filling(material, request, words)
            filled(
                template.content, filling, name=template.name, mark=""
            )  # what cannot be used is not recorded
            recorded = Recorded(space, actor.name, actor.role.value, at)
            mark = recorded.begin("letter", ",".join(alert_ids), "docx", len(material))
            content = filled(template.content, filling, name=template.name, mark=mark.text(language))
            recorded.end(mark, "letter", content)
            return content
    raise waits_for_second(granted.waits)


def _revealed(
    space: Workspace, alert_ids: Sequence[str], granted: Grant, reason: str, at: str
) -> LetterMaterial:
    """What the letter is about, with real ids."""
    actor = granted.actor
    revealed = RevealedReader(
        space,
        reason.strip(),
        actor.name,
        at,
        role=actor.role.value,
        districts=actor.districts,
        request=granted.request,
    )
    return revealed.read("letter", lambda reader: letter_material(reader, alert_ids))
