"""A table made of the distinct values of another file: persons out of the patients that claims name.

The rows of the file are gathered batch by batch into one row per distinct value, with the least or greatest
of the columns that the mapping aggregates; what remains is as large as the table, not as the file.
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
_PLACE = "\0place"
_ROWS_PER_FILE = 1 << 40
_GATHER_ROWS = 1 << 18


class Distinct:
    """Gathers distinct values over the files of a table.

    Args:
        plan: the table, with ``distinct`` columns.
    """

    def __init__(self, plan: TablePlan) -> None:
        self._plan = plan
        self._keys = list(plan.mapping.distinct)
        self._waiting: list[pl.DataFrame] = []
        self._held = 0
        self._limit = _GATHER_ROWS

    def take(self, batch: pl.DataFrame, types: Mapping[str, pl.DataType], file_index: int) -> None:
        """Gather the values of one batch."""
        plan = self._plan
        keys = [_key(name, types[name], plan.mapping.null) for name in self._keys]
        aggregated = [
            reading(plan.table.columns[name], column, types, plan.mapping.null).value.alias(
                _AGGREGATED + name
            )
            for name, column in self._aggregates().items()
        ]
        place = (pl.lit(file_index * _ROWS_PER_FILE, dtype=pl.Int64) + pl.col(ROW)).alias(_PLACE)
        used = without_excluded(batch, plan.mapping.exclude, types)
        self._waiting.append(self._grouped(used.select(*keys, *aggregated, place)))
        self._held += self._waiting[-1].height
        if self._held > self._limit:
            self._gather()

    def rows(self) -> list[tuple[int, pl.DataFrame]]:
        """The distinct rows in the order they first came, by index of the file they first came in."""
        if not self._waiting:
            return []
        self._gather()
        gathered = self._waiting[0].sort(_PLACE)
        file = (pl.col(_PLACE) // _ROWS_PER_FILE).alias("\0file")
        numbered = gathered.with_columns(file, (pl.col(_PLACE) % _ROWS_PER_FILE).alias(ROW))
        parts = numbered.partition_by("\0file", maintain_order=True)
        return [(int(part["\0file"][0]), part) for part in parts]

    def plan(self) -> TablePlan:
        """The plan by which the distinct rows are read like rows of a file."""
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

    def _gather(self) -> None:
        self._waiting = [self._grouped(pl.concat(self._waiting))]
        self._held = self._waiting[0].height
        self._limit = self._held * 2 + _GATHER_ROWS

    def _grouped(self, rows: pl.DataFrame) -> pl.DataFrame:
        taken = [
            pl.col(_AGGREGATED + name).max()
            if column.aggregate == "max"
            else pl.col(_AGGREGATED + name).min()
            for name, column in self._aggregates().items()
        ]
        return rows.group_by(self._keys).agg(*taken, pl.col(_PLACE).min())


def _key(name: str, dtype: pl.DataType, null_words: tuple[str, ...]) -> pl.Expr:
    text = as_text(pl.col(name), dtype)
    return pl.when(~text.is_in(null_words)).then(text).alias(name)
