"""A list of a screen as a table, and the file that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import polars as pl

from detection.export.files import FORMATS, Sheet
from detection.export.headings import headings, legend
from detection.export.mark import Mark
from detection.language.messages import Messages
from detection.store.queries.reader import Reader

Kind = Literal["text", "money", "count", "number"]
Cell = str | int | float | None
_TYPES: Mapping[Kind, pl.DataType] = {
    "text": pl.String(),
    "money": pl.Int64(),
    "count": pl.Int64(),
    "number": pl.Float64(),
}
_REMARK = "remark"
_MARK = "export_mark"


@dataclass(frozen=True)
class Column:
    """A column: its machine name, what it holds (money in fen), and its heading where the catalogue has none."""

    name: str
    kind: Kind = "text"
    heading: str = ""


@dataclass(frozen=True)
class Listing:
    """A list with all of its rows.

    Attributes:
        columns: in order.
        rows: cells; every row has as many as there are columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class ExportedList(Protocol):
    """What can be taken away as a list."""

    @property
    def what(self) -> str:
        """Its name, as the record of exports and the catalogue have it."""

    @property
    def detail(self) -> str:
        """Which part of it: filters, or the alert."""

    def listing(self, reader: Reader, language: str) -> Listing:
        """All of its rows.

        Raises:
            FundwatchError: there is no such list, or it may not be shown.
        """


def file_of(
    listed: ExportedList, listing: Listing, reader: Reader, language: str, file_format: str, mark: Mark
) -> bytes:
    """A list as a file; the same list of the same run with the same mark gives the same bytes.

    Args:
        listed: what the list is.
        listing: its rows.
        reader: the reading that they are from.
        language: of headings, ``en`` or ``zh``.
        file_format: ``xlsx`` or ``csv``.
        mark: who takes it, when, and its number: in each row of a CSV, in the properties and on the second sheet of a
            workbook.
    """
    words, run = Messages(language, "export"), reader.current_run()
    columns = [*listing.columns, Column("run_id")]
    rows = [(*row, run.run_id) for row in listing.rows]
    if reader.marks:  # a CSV has no other sheet that could say so
        remark = " ".join(words(f"mark.{mark}") for mark in reader.marks)
        columns, rows = [*columns, Column(_REMARK)], [(*row, remark) for row in rows]
    if file_format == "csv":  # a row keeps it when it is copied elsewhere
        columns, rows = [*columns, Column(_MARK)], [(*row, mark.text(language)) for row in rows]
    own = {column.name: column.heading for column in columns}
    headed = headings(own, language, own=own)
    sheet = Sheet(
        what=listed.what,
        run_id=run.run_id,
        simulated=run.simulated,
        profile=reader.manifest.policy.profile,
        rows=pl.DataFrame(rows, {column.name: _TYPES[column.kind] for column in columns}, orient="row"),
        money=tuple(column.name for column in columns if column.kind == "money"),
        dates=(),
        headings=headed,
        title=words(f"list.{listed.what}"),
        about=legend(
            headed, listed.what, len(listing.rows), language, part=listed.detail, mark=mark.text(language)
        ),
        mark=mark,
    )
    return FORMATS[file_format](sheet)
