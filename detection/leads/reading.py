"""Read a file of outside leads: every lead, or every problem at once, by row and column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from detection.leads import cells
from detection.leads.incoming import IncomingLead
from detection.leads.limits import limits
from detection.leads.row import COLUMNS, LEAD_KINDS, NEEDED, SUBJECT_KINDS, longest
from detection.leads.tables import TableRow, table_rows
from features.errors import InputError
from features.message import Code, Message

_PROVIDER = "provider"
_NUMBER_OF_A_PERSON = re.compile(r"\d{6,}", re.ASCII)
"""No office has such a number in its name; a telephone and a number of a resident do."""
_READERS: Mapping[str, Callable[[str], object]] = {
    "sender": cells.identity(longest("sender")),
    "sender_number": cells.identity(longest("sender_number")),
    "received_on": cells.day,
    "deadline": cells.day,
    "kind": cells.code("lead_kind", LEAD_KINDS),
    "subject_kind": cells.code("lead_subject", SUBJECT_KINDS, "packet_kind"),
    "subject_id": cells.identity(longest("subject_id")),
    "institution": cells.identity(longest("institution")),
    "period_start": cells.day,
    "period_end": cells.day,
    "amount_claimed": cells.fen,
    "text": cells.text_of(longest("text")),
}


def read_leads(content: bytes, name: str, *, sender: str, today: dt.date) -> list[IncomingLead]:
    """The leads of a file, in its order.

    Args:
        content: of a CSV file or a workbook.
        name: of the file, for errors.
        sender: of the whole file; empty where the file names it in each row.
        today: no lead is received later.

    Raises:
        InputError: with every problem of the file; no message repeats what a cell holds.
    """
    sender = cells.usual_digits(sender.strip())
    rows = table_rows(content, name)
    if not rows:
        raise InputError(
            "The file has no rows.", where=name, next_step="begin with: fundwatch leads template --out FILE"
        )
    header = _header(rows[0], name)
    if len(rows) - 1 > limits().most_rows:
        raise InputError(
            "A file of leads has {most:,} rows at most; this one has {rows:,}.",
            where=name,
            next_step="split it",
            most=limits().most_rows,
            rows=len(rows) - 1,
        )
    problems: list[Message] = [] if sender or "sender" in header else [_no_sender()]
    if sender:
        problems += [
            Message("sender of the whole file: {problem}", problem=each) for each in _sender_problems(sender)
        ]
    leads: list[IncomingLead] = []
    for row in rows[1:]:
        lead, wrong = read_row(row, header, sender, today)
        problems += wrong
        leads += [lead] if lead else []
    problems += _repeated(leads)
    if problems or not leads:
        raise InputError(
            "The leads of this file cannot be imported.",
            where=name,
            problems=problems or [Message("the file has no row below its header")],
            next_step="correct these rows; nothing was imported",
        )
    return leads


def _header(row: TableRow, name: str) -> list[str]:
    """The column of each cell; empty for a cell without a heading.

    Raises:
        InputError: an unknown, repeated or missing heading.
    """
    header = [cells.column_named(cell, COLUMNS) for cell in row.cells]
    unknown = [
        number
        for number, (cell, column) in enumerate(zip(row.cells, header, strict=True), 1)
        if cell and not column
    ]
    problems = [Message("column {number}: this heading is not known", number=number) for number in unknown]
    problems += [
        Message("{column}: the heading stands there twice", column=_column(column))
        for column in COLUMNS
        if header.count(column) > 1
    ]
    problems += [
        Message("{column}: the column is missing", column=_column(column))
        for column in NEEDED
        if column not in header
    ]
    if problems:
        raise InputError(
            "The first row of the file of leads is not as expected.",
            where=name,
            problems=problems,
            next_step="use the headings of: fundwatch leads template --out FILE",
        )
    return header


def read_row(
    row: TableRow, header: Sequence[str], sender: str, today: dt.date
) -> tuple[IncomingLead | None, list[Message]]:
    """The lead of a row; None, and everything that is wrong with it.

    Args:
        row: its cells as texts.
        header: the column of each cell; empty for a cell that is not read.
        sender: of all rows; empty where each names it.
        today: no lead is received later.
    """
    problems: list[Message] = []
    read: dict[str, object] = {}
    if any(row.cells[len(header) :]):
        problems.append(Message("row {row}: more cells than headings", row=row.number))
    for column, cell in zip(header, row.cells, strict=False):
        if not column or not cell:
            continue
        try:
            read[column] = _READERS[column](cell)
        except cells.CellError as error:
            problems.append(_problem(row, column, error.message))
    given = {column for column, cell in zip(header, row.cells, strict=False) if column and cell}
    problems += [
        _problem(row, column, Message("needed, and empty")) for column in NEEDED if column not in given
    ]
    problems += _sender_of(row, read, given, header, sender)
    problems += _contradictions(row, read, given, today)
    if problems:
        return None, problems
    kind = read.get("subject_kind") or (_PROVIDER if "institution" in given else "")
    return (
        IncomingLead(
            row=row.number,
            sender=str(read.get("sender") or sender),
            sender_number=str(read["sender_number"]),
            received_on=_day(read, "received_on") or today,
            deadline=_day(read, "deadline"),
            kind=str(read["kind"]),
            subject_kind=str(kind),
            subject_id=str(read.get("subject_id", "")),
            institution=str(read.get("institution", "")),
            period_start=_day(read, "period_start"),
            period_end=_day(read, "period_end"),
            amount_claimed=amount if isinstance(amount := read.get("amount_claimed"), int) else None,
            text=str(read.get("text", "")),
        ),
        [],
    )


def _sender_of(
    row: TableRow, read: Mapping[str, object], given: set[str], header: Sequence[str], sender: str
) -> list[Message]:
    named = read.get("sender")
    if not named:
        empty = not sender and "sender" in header and "sender" not in given
        return (
            [_problem(row, "sender", Message("empty; or name the sender of the whole file"))] if empty else []
        )
    if sender and named != sender:
        return [_problem(row, "sender", Message("another sender than that of the whole file"))]
    return [_problem(row, "sender", each) for each in _sender_problems(str(named))]


def _sender_problems(sender: str) -> list[Message]:
    try:
        _READERS["sender"](sender)
    except cells.CellError as error:
        return [error.message]
    if _NUMBER_OF_A_PERSON.search(sender):
        return [Message("a number of a person; name the office or channel that sent the lead")]
    return []


def _contradictions(
    row: TableRow, read: Mapping[str, object], given: set[str], today: dt.date
) -> list[Message]:
    received, deadline = _day(read, "received_on"), _day(read, "deadline")
    start, end = _day(read, "period_start"), _day(read, "period_end")
    problems = []
    if received and received > today:
        problems.append(_problem(row, "received_on", Message("a day to come")))
    if received and deadline and deadline < received:
        problems.append(_problem(row, "deadline", Message("before the day of receipt")))
    if start and end and end < start:
        problems.append(_problem(row, "period_end", Message("before the first day")))
    if "subject_id" in given and "subject_kind" not in given:
        problems.append(_problem(row, "subject_kind", Message("needed with an id")))
    if "institution" in given and read.get("subject_kind", _PROVIDER) != _PROVIDER:
        problems.append(_problem(row, "institution", Message("the lead is not about an institution")))
    return problems


def _repeated(leads: Sequence[IncomingLead]) -> list[Message]:
    """Numbers that a sender gave twice in one file."""
    first: dict[tuple[str, str], int] = {}
    problems = []
    for lead in leads:
        earlier = first.setdefault((lead.sender, lead.sender_number), lead.row)
        if earlier != lead.row:
            problems.append(
                Message(
                    "row {row}, {column}: the same number as in row {earlier}",
                    row=lead.row,
                    column=_column("sender_number"),
                    earlier=earlier,
                )
            )
    return problems


def _no_sender() -> Message:
    return Message("no sender: name it for the whole file, or in a column")


def _problem(row: TableRow, column: str, problem: Message) -> Message:
    return Message("row {row}, {column}: {problem}", row=row.number, column=_column(column), problem=problem)


def _column(name: str) -> Code:
    return Code("lead_column", name)


def _day(read: Mapping[str, object], column: str) -> dt.date | None:
    value = read.get(column)
    return value if isinstance(value, dt.date) else None
