"""What ``fundwatch leads`` prints, from the same views as the screens."""

from __future__ import annotations

import datetime as dt

from rich.table import Table

from detection.cli.language.plain import plain_text
from detection.cli.summaries import console as wide_console
from detection.followup.outside.importing import Preview, PreviewLine
from detection.language.formats import formats
from detection.language.messages import Messages, case_label
from detection.leads.match import MATCHES
from detection.leads.senders import sender_text
from detection.store.queries import open_store
from detection.store.queries.leads.lead import OutsidePart, outside_part
from detection.store.queries.leads.queue import LeadFilters, LeadLine, lead_lines
from features.errors import UsageError
from features.workspace import Workspace

_PREVIEW = ("row", "sender", "sender_number", "kind", "subject", "match", "due")
_QUEUE = (
    "case",
    "sender",
    "sender_number",
    "kind",
    "subject",
    "match",
    "state",
    "inspectors",
    "due",
    "days_left",
)
_RIGHT = ("row", "days_left")


def print_preview(preview: Preview, *, language: str) -> None:
    """The leads that are new, and counts by match."""
    words, console, count = Messages(language, "terminal"), wide_console(), formats(language).count
    table = _table(_PREVIEW, words)
    for line in preview.lines:
        table.add_row(*map(plain_text, _preview_row(line, words)))
    if preview.lines:
        console.print(table)
    for code in MATCHES:
        if number := sum(line.match == code for line in preview.lines):
            console.print(f"{case_label('lead_match', code, language)}: {count(number)}")
    if preview.known:
        rows = words("leads.separator").join(map(str, preview.known))
        console.print(words("leads.known", count=count(len(preview.known)), rows=rows))


def print_leads(space: Workspace, filters: LeadFilters, today: dt.date, *, language: str) -> None:
    """The queue, what is due first at the top."""
    words, console = Messages(language, "terminal"), wide_console()
    with open_store(space) as reader:
        lines = lead_lines(reader, filters, today)
    table = _table(_QUEUE, words)
    for line in lines:
        table.add_row(*map(plain_text, _queue_row(line, words)))
    console.print(table)
    console.print(words("leads.total", total=formats(language).count(len(lines))))


def print_lead(space: Workspace, case_id: str, *, language: str) -> None:
    """What a sender wrote, and what it matches.

    Raises:
        UsageError: there is no such lead.
    """
    words, console = Messages(language, "terminal"), wide_console()
    with open_store(space) as reader:
        part = outside_part(reader, case_id)
    if part is None:
        raise UsageError(
            "{case_id} is no lead that was sent from outside.",
            next_step="list them: fundwatch leads list",
            case_id=case_id,
        )
    for name, value in _named_values(part, words).items():
        if value:
            console.print(f"[bold]{plain_text(name)}[/bold]  {plain_text(value)}")
    for each in part.proposed:
        console.print(plain_text(f"  {each.pseudonym}  {each.name}"))


def _named_values(part: OutsidePart, words: Messages) -> dict[str, str]:
    language = words.language
    amount = part.amount_claimed
    values = {
        "sender": sender_text(part.sender, language),
        "sender_number": part.sender_number,
        "received_on": part.received_on,
        "deadline": part.deadline,
        "kind": case_label("lead_kind", part.kind, language),
        "subject_kind": case_label("packet_kind", part.subject_kind, language),
        "subject_id": part.subject,
        "institution": part.institution,
        "period_start": part.period_start,
        "period_end": part.period_end,
        "amount_claimed": "" if amount is None else formats(language).money(amount),
        "text": part.text,
    }
    named = {case_label("lead_column", name, language): value for name, value in values.items()}
    match = case_label("lead_match", part.match, language)
    return named | {words("column.match"): " ".join(filter(None, (match, part.packet_id, part.opened)))}


def _preview_row(line: PreviewLine, words: Messages) -> tuple[str, ...]:
    language = words.language
    match = case_label("lead_match", line.match, language)
    proposed = words("leads.separator").join(line.proposed)
    return (
        str(line.row),
        line.sender,
        line.sender_number,
        case_label("lead_kind", line.kind, language),
        line.subject,
        f"{match}: {proposed}" if proposed else match,
        line.due.isoformat(),
    )


def _queue_row(line: LeadLine, words: Messages) -> tuple[str, ...]:
    language, lead, due = words.language, line.lead, line.due
    return (
        lead.case_id,
        sender_text(line.sender, language),
        line.sender_number,
        case_label("lead_kind", line.kind, language),
        lead.subject,
        line.opened or line.packet_id or case_label("lead_match", line.match, language),
        case_label("lead_state", lead.state, language),
        words("leads.separator").join(lead.inspectors),
        due.day.isoformat() if due else "",
        formats(language).count(due.left) if due else "",
    )


def _table(columns: tuple[str, ...], words: Messages) -> Table:
    table = Table()
    for name in columns:
        table.add_column(words(f"column.{name}"), justify="right" if name in _RIGHT else "left")
    return table
