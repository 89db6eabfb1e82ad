"""The feedback sheet of a sender as a file."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from detection.cases.codes import VERDICTS
from detection.export.files import FORMATS, Sheet
from detection.export.headings import headings
from detection.export.mark import Mark
from detection.language.messages import Messages, case_label
from detection.store.queries import Reader
from detection.store.queries.leads.feedback import FeedbackLine

_WHAT = "lead_feedback"
_TEXTS = (
    "sender_number", "lead", "received_on", "deadline", "feedback_state", "since", "verdict", "disposition",
)  # fmt: skip
_NOTE, _MARK = "note", "export_mark"
_MONEY = ("money_confirmed", "money_received")


def feedback_file(
    reader: Reader, lines: Sequence[FeedbackLine], language: str, file_format: str, mark: Mark
) -> bytes:
    """The sheet; the same lines with the same mark give the same bytes.

    Args:
        reader: the reading that they are from.
        lines: of one sender.
        language: of headings and codes, ``en`` or ``zh``.
        file_format: ``xlsx`` or ``csv``.
        mark: who takes it, when, and its number: in each row of a CSV, in the properties and at the foot of a workbook.
    """
    schema = dict.fromkeys(_TEXTS, pl.String()) | dict.fromkeys(_MONEY, pl.Int64()) | {_NOTE: pl.String()}
    rows = pl.DataFrame([_cells(line, language) for line in lines], schema, orient="row")
    if file_format == "csv":  # a row keeps it when it is copied elsewhere
        rows = rows.with_columns(pl.lit(mark.text(language)).alias(_MARK))
    sheet = Sheet(
        what=_WHAT,
        run_id="",
        simulated=reader.run is not None and reader.run.simulated,
        profile=None,
        rows=rows,
        money=_MONEY,
        dates=(),
        headings=headings(rows.columns, language, what=_WHAT),
        title=Messages(language, "export")(f"list.{_WHAT}"),
        mark=mark,
    )
    return FORMATS[file_format](sheet)


def _cells(line: FeedbackLine, language: str) -> tuple[str | int | None, ...]:
    return (
        line.sender_number,
        line.number,
        line.received_on,
        line.deadline or None,
        case_label("feedback_state", line.state, language),
        line.day,
        case_label(VERDICTS, line.verdict, language) if line.verdict else None,
        case_label("disposition", line.disposition, language) if line.disposition else None,
        line.confirmed,
        line.received,
        case_label("feedback_note", "shared", language) if line.shared else None,
    )
