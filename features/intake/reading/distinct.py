"""Build a table from the distinct values of another file, such as persons from the patients of claims.

The rows of the file are grouped batch by batch into one row per distinct value, with the minimum or maximum of the
aggregated columns. Memory is proportional to the table, not to the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from features.intake.mapping.model import ColumnMapping
from features.intake.reading.batches import ROW
from features.intake.reading.columns import reading
from features.intake.reading.exclusion import without_excluded
from features.intake.reading.table_plan import TablePlan
from features.intake.values.cells import as_text
from features.tables import stored_schema

_AGGREGATED = "\0aggregated "
_POSITION = "\0position"
_ROWS_PER_FILE = 1 << 40
_COLLECTED_ROWS = 1 << 18


class Distinct:
    """Collects distinct values over the files of a table.

    Args:
        plan: the table, with ``distinct`` columns.
    """

    def __init__(self, plan: TablePlan) -> None:
        self._plan = plan
        self._keys = list(plan.mapping.distinct)
        self._waiting: list[pl.DataFrame] = []
        self._waiting_rows = 0
        self._limit = _COLLECTED_ROWS

    def add(self, batch: pl.DataFrame, types: Mapping[str, pl.DataType], file_index: int) -> None:
        """Collect the values of one batch."""
        plan = self._plan
        keys = [_key(name, types[name], plan.mapping.null) for name in self._keys]
        aggregated = [
            reading(plan.table.columns[name], column, types, plan.mapping.null).value.alias(
                _AGGREGATED + name
            )
            for name, column in self._aggregates().items()
        ]
        position = (pl.lit(file_index * _ROWS_PER_FILE, dtype=pl.Int64) + pl.col(ROW)).alias(_POSITION)
        used = without_excluded(batch, plan.mapping.exclude, types)
        self._waiting.append(self._grouped(used.select(*keys, *aggregated, position)))
        self._waiting_rows += self._waiting[-1].height
        if self._waiting_rows > self._limit:
            self._collect()

    def rows(self) -> list[tuple[int, pl.DataFrame]]:
        """The distinct rows in the order of their first occurrence, with the index of the file of that occurrence."""
        if not self._waiting:
            return []
        self._collect()
        collected = self._waiting[0].sort(_POSITION)
        file = (pl.col(_POSITION) // _ROWS_PER_FILE).alias("\0file")
        numbered = collected.with_columns(file, (pl.col(_POSITION) % _ROWS_PER_FILE).alias(ROW))
        parts = numbered.partition_by("\0file", maintain_order=True)
        return [(int(part["\0file"][0]), part) for part in parts]

    def plan(self) -> TablePlan:
        """The plan that reads the distinct rows like rows of a file."""
        columns = {
            name: ColumnMapping(source=_AGGREGATED + name) if name in self._aggregates() else column
            for name, column in self._plan.columns.items()
        }
        return replace(self._plan, columns=columns, mapping=replace(self._plan.mapping, exclude=()))

    def types(self) -> dict[str, pl.DataType]:
        """Types of the distinct rows' columns."""
        schema = stored_schema(self._plan.table)
        aggregated = {_AGGREGATED + name: schema[name] for name in self._aggregates()}
        return dict.fromkeys(self._keys, pl.String()) | aggregated

    def _aggregates(self) -> dict[str, ColumnMapping]:
        return {name: column for name, column in self._plan.columns.items() if column.aggregate}

    def _collect(self) -> None:
        self._waiting = [self._grouped(pl.concat(self._waiting))]
        self._waiting_rows = self._waiting[0].height
        self._limit = self._waiting_rows * 2 + _COLLECTED_ROWS

    def _grouped(self, rows: pl.DataFrame) -> pl.DataFrame:
        aggregates = [
            pl.col(_AGGREGATED + name).max()
            if column.aggregate == "max"
            else pl.col(_AGGREGATED + name).min()
            for name, column in self._aggregates().items()
        ]
        return rows.group_by(self._keys).agg(*aggregates, pl.col(_POSITION).min())


def _key(name: str, dtype: pl.DataType, null_words: tuple[str, ...]) -> pl.Expr:
    text = as_text(pl.col(name), dtype)
    return pl.when(~text.is_in(null_words)).then(text).alias(name)
