"""Evidence packs: built from a workspace, recorded before they are given out, and verified."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from detection.accounts.rights import Actor, Right
from detection.audit.entry import EntryDraft
from detection.export.recorded import Recorded
from detection.followup.audit.entering import logged
from detection.followup.requests import Grant, grant, refuse_short_reason, waits_for_second
from detection.pack.archive import archive, sha256
from detection.pack.building import complete
from detection.pack.comparing import differences, is_compared
from detection.pack.contents import contents
from detection.pack.layout import FACTS, Members
from detection.pack.tables import csv_bytes
from detection.pack.verifying import faults, read_pack
from detection.store.queries.casework.pack import PackMaterial, pack_material
from detection.store.queries.casework.pack_rows import identities
from detection.store.queries.disclosure.log import pack_was_exported
from detection.store.queries.reader import open_store
from detection.store.queries.revealed import RevealedReader
from features.errors import InputError, UsageError
from features.message import Message
from features.workspace import Workspace, open_workspace
from features.workspace.place import Where

__all__ = ["Pack", "build_pack", "compare_pack", "pack_faults"]

_WHAT = "pack"
_IDENTITIES = "identities.csv"


@dataclass(frozen=True)
class Pack:
    """A pack as it is given out.

    Attributes:
        content: the archive.
        sha256: its hash, which the audit log has.
        entry: number of the last entry of the log in it.
    """

    content: bytes
    sha256: str
    entry: int


def build_pack(
    workspace: Where,
    name: str,
    *,
    actor: Actor,
    at: str,
    up_to: int | None = None,
    reveal: bool = False,
    reason: str = "",
) -> Pack:
    """The evidence pack of a packet, a lead or a case, ids masked; the same state gives the same bytes.

    Args:
        workspace: where the workspace is.
        name: of the packet (``institutions.I-…``), the lead or the case (``C-2026-0001``).
        actor: who takes it away; their role must have the right to export, and to reveal where real ids are added.
        at: ISO time of the record; it is not in the pack.
        up_to: number of the last entry of the audit log that may be in it; None for all.
        reveal: add a list of the real ids; everything else stays masked.
        reason: why; needed to reveal, and recorded.

    Raises:
        NotAllowedError: the role may not export, or not reveal, or the actor is limited to districts.
        WaitsForSecondError: a second person was asked, without whom no real id leaves in a file.
        UsageError: there is no such packet or case, it has no alert, or the reason is too short.
        StoreError: the store cannot be read, or the record cannot be written.
        WorkspaceError: files of the data set were changed.
    """
    space = open_workspace(workspace)
    request = EntryDraft(at, actor.name, "export", f"list:{_WHAT}", actor.role.value, reason=reason)
    with logged(space, request):
        actor.require(Right.export_files)
        actor.require_whole_fund()
        granted = Grant(actor)
        if reveal:
            actor.require(Right.reveal_ids)
            refuse_short_reason(reason)
        with open_store(space) as reader:
            material = pack_material(reader, name, up_to)
        if reveal:
            granted = grant(workspace, actor, _WHAT, name, reason=reason, at=at)
        if granted.waits is None:
            added = {_IDENTITIES: _identities(space, material, granted, at, reason)} if reveal else {}
            content = archive(complete(contents(material, version("fundwatch")), added))
            recorded = Recorded(space, actor.name, actor.role.value, at)
            mark = recorded.begin(_WHAT, material.about, "zip", len(material.rows))
            recorded.end(mark, _WHAT, content)
            return Pack(content, sha256(content), material.log[-1].number)
    raise waits_for_second(granted.waits)


def pack_faults(content: bytes) -> list[Message]:
    """Everything that is wrong with a pack by itself; empty where nothing is.

    Raises:
        InputError: it is no pack, or one of a later version.
    """
    return faults(content)


@dataclass(frozen=True)
class Compared:
    """A pack next to a workspace.

    Attributes:
        problems: what differs from the pack that the workspace builds up to the same entry.
        recorded: whether the log of the workspace knows that this very file was given out.
    """

    problems: Sequence[Message]
    recorded: bool


def compare_pack(workspace: Where, content: bytes) -> Compared:
    """Build a pack again from a workspace, up to the entry that it states, and name every difference.

    Raises:
        InputError: it is no pack, or does not say what it is about.
        StoreError: the store cannot be read.
        WorkspaceError: files of the data set were changed.
    """
    space, members = open_workspace(workspace), read_pack(content)
    name, entry = _stated(members)
    there = {path: each for path, each in members.items() if is_compared(path)}
    with open_store(space) as reader:
        recorded = pack_was_exported(reader, sha256(content))
        try:
            material = pack_material(reader, name, entry)
        except UsageError as error:
            return Compared((error.what,), recorded)
    rebuilt = complete(contents(material, version("fundwatch")))
    wanted = {path: each for path, each in rebuilt.items() if is_compared(path)}
    return Compared(differences(there, wanted), recorded)


def _stated(members: Members) -> tuple[str, int]:
    """What a pack is about, and the number of its last entry."""
    try:
        stated = json.loads(members[FACTS])
        return str(stated["about"]).partition(":")[2], int(stated["entry"]["number"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputError(
            "The pack does not say what it is about.",
            where=FACTS,
            next_step="verify it without a workspace: fundwatch pack verify FILE",
        ) from None


def _identities(space: Workspace, material: PackMaterial, granted: Grant, at: str, reason: str) -> bytes:
    """Pseudonyms with their real ids; recorded before it is given out."""
    alert_ids = [alert.page.row.alert_id for alert in material.alerts]
    actor = granted.actor
    revealed = RevealedReader(
        space, reason.strip(), actor.name, at, role=actor.role.value, request=granted.request
    )
    real = revealed.read(_WHAT, lambda reader: identities(reader, alert_ids))
    with open_store(space) as reader:
        masked = identities(reader, alert_ids)
    pairs = {
        (kind, pseudonym, identity)
        for (kind, pseudonym), (_, identity) in zip(masked, real, strict=True)
        if pseudonym != identity
    }
    return csv_bytes(("kind", "pseudonym", "id"), sorted(pairs))
