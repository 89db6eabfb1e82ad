"""``fundwatch letter`` and ``reveal``: what is written to an institution, and whom a pseudonym stands for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detection.cli.disclosing.writing import write_whole
from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import Language, say
from detection.cli.language.plain import without_orders
from detection.cli.terminal import now, place, terminal_actor
from features.errors import UsageError
from features.message import Message

Reason = Annotated[str, typer.Option("--reason", help="Why the real ids are needed.")]


def letter(
    workspace: WorkspaceFolder,
    alert_ids: Annotated[
        list[str] | None, typer.Argument(metavar="ALERT", help="Alerts of one institution.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write (default: letter-ALERT.docx here).")
    ] = None,
    issuer: Annotated[str, typer.Option("--issuer", help="Who writes; blank as default.")] = "",
    number: Annotated[str, typer.Option("--number", help="Number of the letter; blank as default.")] = "",
    addressee: Annotated[
        str, typer.Option("--addressee", help="To whom; the institution's name as default.")
    ] = "",
    contact: Annotated[str, typer.Option("--contact", help="Whom to answer; blank as default.")] = "",
    days: Annotated[int | None, typer.Option("--days", min=1, help="Days to reply.")] = None,
    language: Annotated[Language, typer.Option("--language", help="Language of the letter.")] = Language.zh,
    templates: Annotated[
        Path | None,
        typer.Option("--templates", help="Folder with your own template: letter-zh.docx, letter-en.docx."),
    ] = None,
    reveal_ids: Annotated[
        bool, typer.Option("--reveal-ids", help="Real ids; needs --reason; is recorded.")
    ] = False,
    reason: Reason = "",
    write_template: Annotated[
        Path | None,
        typer.Option(
            "--write-template", help="Only write our template into this folder, as a start for yours."
        ),
    ] = None,
) -> None:
    """Write a letter that asks an institution to explain the settlements of some alerts, as a Word file.

    The letter lists the settlements at this institution alone, what may explain them, and the law that the alerts
    cite. It accuses nobody. Ids are masked unless --reveal-ids is given with a --reason.
    """
    from detection.followup.papers import LetterRequest
    from detection.followup.papers import letter as write_letter
    from detection.papers.templates import default_template, file_name

    if write_template is not None:
        write_template.mkdir(parents=True, exist_ok=True)
        file = write_template / file_name(language.value)
        write_whole({file: default_template(language.value)})
        say(Message("written: {file}", file=file))
        return
    if not alert_ids:
        raise UsageError("Which alert is the letter about?", next_step="list them: fundwatch alerts")
    at = now()
    content = write_letter(
        place(workspace),
        alert_ids,
        LetterRequest(at[:10], issuer, number, addressee, contact, days),
        language=language.value,
        actor=terminal_actor(),
        at=at,
        reveal=reveal_ids,
        reason=reason,
        templates=templates,
    )
    target = out or Path(f"letter-{alert_ids[0]}.docx")
    write_whole({target: content})
    say(Message("written: {file}", file=target))


def reveal(
    pseudonym: Annotated[str, typer.Argument(metavar="PSEUDONYM", help="Masked id, as lists show it.")],
    workspace: WorkspaceFolder,
    reason: Reason = "",
) -> None:
    """Print the real id behind one pseudonym. Needs --reason; who asked, why and when is recorded first."""
    from detection.followup.reveals import print_identity

    identity = print_identity(place(workspace), pseudonym, reason=reason, actor=terminal_actor(), at=now())
    typer.echo(without_orders(identity))
