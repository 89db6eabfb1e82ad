"""What a decision may look at: the rows of one table's files, in batches, by the names of the platform."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from features.contract import Column, Kind
from features.intake.mapping.model import ColumnMapping, Mapping
from features.intake.mapping.naming import Names
from features.intake.reading.batches import Reader
from features.intake.reading.columns import reading
from features.intake.reading.exclusion import without_excluded
from features.intake.reading.table_plan import TablePlan
from features.intake.values.cells import as_text

_MONEY = Column(Kind.MONEY, "")
_DATE = Column(Kind.DATE, "")


class UnclearError(LookupError):
    """The data do not tell; the text says what was seen and which option to give."""


@dataclass(frozen=True)
class Decision:
    """An option that is settled.

    Attributes:
        option, value: which, and how.
        by: ``asked``, ``data``, or ``none`` where nothing depends on it.
        figures: what it rests on.
        said: that in one sentence.
    """

    option: str
    value: str
    by: str
    figures: dict[str, Any] = field(default_factory=dict)
    said: str = ""


@dataclass(frozen=True)
class SourceSample:
    """The files of one table.

    Attributes:
        plan: the table as it is read while the option is open.
        mapping: the whole mapping, for the names.
    """

    plan: TablePlan
    mapping: Mapping

    def column(self, name: str) -> str | None:
        """The files' name of a field."""
        return self._names().find(name)

    def batches(
        self, names: Sequence[str], *, day: Sequence[str] = (), text: bool = False
    ) -> Iterator[pl.DataFrame]:
        """Fields of the rows that are not excluded; those that the files lack are null.

        Args:
            names: fields; money in fen unless they are days or text.
            day: those that are days.
            text: all others are texts.
        """
        found = {name: self._names().find(name) for name in names}
        read = [column for column in found.values() if column is not None]
        excluded = [name for rule in self.plan.mapping.exclude for name in rule.reads()]
        for file in self.plan.files:
            cells = [
                self._cell(column if column in file.columns else None, file.columns, name in day, text).alias(
                    name
                )
                for name, column in found.items()
            ]
            for batch in Reader(file, (*read, *excluded), self.plan.mapping.null):
                yield without_excluded(batch, self.plan.mapping.exclude, file.columns).select(cells)

    def _cell(self, column: str | None, types: dict[str, pl.DataType], day: bool, text: bool) -> pl.Expr:
        held = pl.Date() if day else pl.String() if text else pl.Int64()
        if column is None:
            return pl.lit(None, dtype=held)
        if text and not day:
            cell = as_text(pl.col(column), types[column])
            return pl.when(~cell.is_in(self.plan.mapping.null)).then(cell)
        formats = self.plan.mapping.date_formats if day else ()
        where = ColumnMapping(source=column, formats=formats)
        return reading(_DATE if day else _MONEY, where, types, self.plan.mapping.null).value

    def _names(self) -> Names:
        there = frozenset(column for file in self.plan.files for column in file.columns)
        return Names(there, self.mapping)
