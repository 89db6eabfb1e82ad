"""A list of a screen as a table, and the file that it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import polars as pl

from detection.export.files import FORMATS, Sheet
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


def file_of(listed: ExportedList, listing: Listing, reader: Reader, language: str, file_format: str) -> bytes:
    """A list as a file; the same list of the same run gives the same bytes.

    Args:
        listed: what the list is.
        listing: its rows.
        reader: the reading that they are from.
        language: of headings, ``en`` or ``zh``.
        file_format: ``xlsx`` or ``csv``.
    """
    words, run = Messages(language, "export"), reader.current_run()
    columns = [*listing.columns, Column("run_id")]
    rows = [(*row, run.run_id) for row in listing.rows]
    if reader.marks:  # a CSV has no other sheet that could say so
        remark = " ".join(words(f"mark.{mark}") for mark in reader.marks)
        columns, rows = [*columns, Column(_REMARK)], [(*row, remark) for row in rows]
    named = {column.name: column.heading or words(f"column.{column.name}") for column in columns}
    sheet = Sheet(
        what=listed.what,
        run_id=run.run_id,
        simulated=run.simulated,
        profile=reader.manifest.policy.profile,
        rows=pl.DataFrame(rows, {column.name: _TYPES[column.kind] for column in columns}, orient="row"),
        money=tuple(column.name for column in columns if column.kind == "money"),
        dates=(),
        headings=_distinct(named),
        title=words(f"list.{listed.what}"),
        about=_about(listed, listing, named, words),
    )
    return FORMATS[file_format](sheet)


def _about(
    listed: ExportedList, listing: Listing, named: Mapping[str, str], words: Messages
) -> tuple[str, Sequence[Sequence[str]]]:
    """The second sheet of a workbook: which list it is, and the machine name of each column."""
    head = [
        [words("about.list"), words(f"list.{listed.what}")],
        [words("about.part"), listed.detail],
        [words("about.rows"), str(len(listing.rows))],
        [],
        [words("about.heading"), words("about.name")],
    ]
    return words("about.sheet"), [*head, *([heading, name] for name, heading in named.items())]


def _distinct(named: Mapping[str, str]) -> Mapping[str, str]:
    """Headings of which no two are the same: a repeated one has its machine name with it."""
    headings = list(named.values())
    return {
        name: f"{heading} ({name})" if headings.count(heading) > 1 else heading
        for name, heading in named.items()
    }
