"""Rows that an option resolver may inspect: those of one table's files, by the names of the platform."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class SourceSample:
    """Rows of the files of one table.

    Attributes:
        plan: the table as it is read before the option is resolved.
        mapping: the whole mapping, for the names.
    """

    plan: TablePlan
    mapping: Mapping

    def column(self, name: str) -> str | None:
        """The name of a field in the files; None if it is missing."""
        return self._names().find(name)

    def batches(
        self, names: Sequence[str], *, day: Sequence[str] = (), text: bool = False
    ) -> Iterator[pl.DataFrame]:
        """Fields of the rows that are not excluded; a field that the files lack is null.

        Args:
            names: fields.
            day: fields that are read as days.
            text: whether the other fields are read as text; else they are money in fen.
        """
        names_in_file = {name: self._names().find(name) for name in names}
        read = [column for column in names_in_file.values() if column is not None]
        excluded = [name for rule in self.plan.mapping.exclude for name in rule.reads()]
        for file in self.plan.files:
            cells = [
                self._cell(column if column in file.columns else None, file.columns, name in day, text).alias(
                    name
                )
                for name, column in names_in_file.items()
            ]
            for batch in Reader(file, (*read, *excluded), self.plan.mapping.null):
                yield without_excluded(batch, self.plan.mapping.exclude, file.columns).select(cells)

    def _cell(self, column: str | None, types: dict[str, pl.DataType], day: bool, text: bool) -> pl.Expr:
        dtype = pl.Date() if day else pl.String() if text else pl.Int64()
        if column is None:
            return pl.lit(None, dtype=dtype)
        if text and not day:
            cell = as_text(pl.col(column), types[column])
            return pl.when(~cell.is_in(self.plan.mapping.null)).then(cell)
        formats = self.plan.mapping.date_formats if day else ()
        mapping = ColumnMapping(source=column, formats=formats)
        return reading(_DATE if day else _MONEY, mapping, types, self.plan.mapping.null).value

    def _names(self) -> Names:
        columns = frozenset(column for file in self.plan.files for column in file.columns)
        return Names(columns, self.mapping)
