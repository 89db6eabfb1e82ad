"""``fundwatch leads``: from a sender's file to the queue, and back to the sender."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.casework.acting import CaseRole, acting, today
from detection.cli.casework.commands import CaseId, InRole, Reason, WorkspaceFolder
from detection.cli.language.choice import PrintLanguage, chosen, say
from detection.cli.language.help_page import Command, Group
from detection.cli.terminal import now, place
from features.errors import InputError, UsageError
from features.message import Message

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help=(
        "Leads that others send: import, match to packets, queue, answer.\n\n"
        "Begin with an empty file: `fundwatch leads template --out leads.xlsx`. Then look at what an import would do: "
        "`fundwatch leads import leads.xlsx --preview --workspace WS`. Checking a lead, ending it and making it a case "
        "are moves: `fundwatch case move`."
    ),
)


class Due(StrEnum):
    """What the queue may be narrowed to."""

    overdue = "overdue"
    soon = "soon"


@app.command("template", cls=Command)
def template(
    out: Annotated[
        Path, typer.Option("--out", help="The file to write: .xlsx, or .csv with the headings alone.")
    ],
    language: PrintLanguage = None,
) -> None:
    """Write an empty file of leads: the headings, and what each column holds.

    Example: fundwatch leads template --out leads.xlsx
    """
    from detection.cli.disclosing.writing import write_whole
    from detection.leads.template import TEMPLATE_FORMATS
    from detection.leads.template import template as template_file

    file_format = _format(out, TEMPLATE_FORMATS)
    write_whole({out: template_file(file_format, chosen(language))})
    say(Message("{path}: fill in a row for each lead.", path=out))


@app.command("import", cls=Command)
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV file (UTF-8 or GB18030) or Excel workbook.")
    ],
    workspace: WorkspaceFolder,
    sender: Annotated[
        str,
        typer.Option("--from", help="Office or channel that sent the whole file; else a column names it."),
    ] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Only show what would be imported.")] = False,
    role: InRole = CaseRole.inspector,
    language: PrintLanguage = None,
) -> None:
    """Import leads: all of a file, or none. Every problem is named at once, by row and column.

    A lead is attached to the packet of its subject where the subject has open alerts; otherwise it waits in the queue.
    A number that the sender sent before is left out. What senders write stays in the store.

    Example: fundwatch leads import leads.xlsx --from "Province bureau" --workspace ws
    """
    from detection.cli.leads.printing import print_preview
    from detection.followup.outside import importing

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError(
            "The file of leads cannot be read.", where=f"{file}: {error.strerror}", next_step="name a file"
        ) from None
    actor = acting(workspace, role, "import_leads", "list:leads")
    at, where = now(), place(workspace)
    if preview:
        shown = importing.preview(where, content, str(file), sender=sender, actor=actor, at=at)
        print_preview(shown, language=chosen(language))
        say(Message("Nothing was imported: this is what an import would do."))
        return
    done = importing.import_leads(where, content, str(file), sender=sender, actor=actor, at=at)
    print_preview(done.preview, language=chosen(language))
    if not done.numbers:
        say(Message("Nothing to import: all of these leads are in the store."))
        return
    say(
        Message(
            "{count:,} leads imported: {first} to {last}.",
            count=len(done.numbers),
            first=done.numbers[0],
            last=done.numbers[-1],
        )
    )


@app.command("list", cls=Command)
def list_leads(
    workspace: WorkspaceFolder,
    sender: Annotated[str, typer.Option("--sender", help="Only those of this sender.")] = "",
    due: Annotated[Due | None, typer.Option("--due", help="Only those that are over, or end soon.")] = None,
    ended: Annotated[bool, typer.Option("--ended", help="Those that have ended too.")] = False,
    language: PrintLanguage = None,
) -> None:
    """List outside leads, what is due first at the top. Identities are masked."""
    from detection.cli.leads.printing import print_leads
    from detection.leads.senders import sender_named
    from detection.store.queries.leads.queue import LeadFilters
    from features.workspace import open_workspace

    filters = LeadFilters(sender=sender_named(sender), due=due.value if due else "", open=not ended)
    print_leads(open_workspace(place(workspace)), filters, today(), language=chosen(language))


@app.command("show", cls=Command)
def show(
    case_id: CaseId,
    workspace: WorkspaceFolder,
    role: InRole = CaseRole.inspector,
    language: PrintLanguage = None,
) -> None:
    """Show what the sender of a lead wrote, and what the lead matches; `fundwatch case show` has its history."""
    from detection.accounts.rights import Right
    from detection.audit.entry import EntryDraft
    from detection.cli.leads.printing import print_lead
    from detection.followup.audit.entering import logged
    from detection.followup.outside.rights import require
    from features.workspace import open_workspace

    action, about = "show_lead", f"case:{case_id}"
    who, space = acting(workspace, role, action, about), open_workspace(place(workspace))
    with logged(space, EntryDraft(now(), who.name, action, about, who.role)):
        require(who, Right.see_leads)
    print_lead(space, case_id, language=chosen(language))


@app.command("match", cls=Command)
def match(workspace: WorkspaceFolder, reason: Reason, role: InRole = CaseRole.inspector) -> None:
    """Match all leads that have not ended with the alerts of the current run, for instance after a run."""
    from detection.followup.outside.matching import match_again

    actor = acting(workspace, role, "match_leads", "list:leads")
    changed = match_again(place(workspace), actor=actor, at=now(), reason=reason)
    say(Message("leads whose match changed: {count:,}", count=changed))


@app.command("choose", cls=Command)
def choose(
    case_id: CaseId,
    chosen: Annotated[
        str,
        typer.Argument(
            metavar="PACKET|PSEUDONYM",
            help="A packet (institutions.I-…), or the pseudonym of a subject, as lists show them.",
        ),
    ],
    workspace: WorkspaceFolder,
    reason: Reason,
    role: InRole = CaseRole.inspector,
) -> None:
    """Say which packet or subject a lead is about, where the data do not say it by themselves."""
    from detection.followup.outside.matching import choose_subject

    actor = acting(workspace, role, "choose_institution", f"case:{case_id}")
    choose_subject(place(workspace), case_id, chosen, actor=actor, at=now(), reason=reason)
    say(Message("chosen: {case_id}", case_id=case_id))


@app.command("feedback", cls=Command)
def feedback(
    workspace: WorkspaceFolder,
    sender: Annotated[str, typer.Option("--sender", help="As `fundwatch leads list` shows it.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .xlsx or .csv.")],
    role: InRole = CaseRole.inspector,
    language: PrintLanguage = None,
) -> None:
    """Write what goes back to a sender: for each of its leads number, state, day, and what may be said of the outcome.

    Example: fundwatch leads feedback --sender "Province bureau" --out feedback.xlsx --workspace ws
    """
    from detection.cli.disclosing.writing import write_whole
    from detection.followup.outside.feedback import FEEDBACK_FORMATS
    from detection.followup.outside.feedback import feedback as feedback_of
    from detection.leads.senders import sender_named
    from features.workspace.owned import refuse_owned

    refuse_owned(out)  # before it is entered in the audit log that the file left
    content = feedback_of(
        place(workspace),
        sender_named(sender),
        language=chosen(language),
        actor=acting(workspace, role, "export", "list:leads"),
        at=now(),
        file_format=_format(out, FEEDBACK_FORMATS),
    )
    write_whole({out: content})
    say(Message("{path}: for {sender}.", path=out, sender=sender))


def _format(out: Path, formats: tuple[str, ...]) -> str:
    file_format = out.suffix.lower().removeprefix(".")
    if file_format not in formats:
        raise UsageError(
            "This kind of file is not written here: {names}.",
            where=str(out),
            next_step="end its name with one of them",
            names=[f".{name}" for name in formats],
        )
    return file_format
