"""Join with a file as large as the table: both are partitioned on disk by the key, and joined by partition.

Visits, for example, are as many as settlements, and do not fit into memory.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from features.intake.mapping.model import Join
from features.intake.reading.joins import KEY, JoinedRows, Lookup, unique_per_key
from features.intake.reading.table_plan import TablePlan
from features.intake.spool import Spool
from features.intake.values.cells import as_text

_PARTITION_BYTES = 1 << 28
"""Bytes of a joined file that are in memory at once."""
_ROWS_PER_PART = 1 << 14
_NULL = ""


def too_large(plan: TablePlan) -> Join | None:
    """The join whose file is too large for memory, the largest where there are several."""
    large = [join for join in plan.mapping.joins if plan.lookups[join.file].size > _PARTITION_BYTES]
    # Distinct values are collected in memory.
    return (
        None
        if plan.mapping.distinct
        else max(large, key=lambda join: plan.lookups[join.file].size, default=None)
    )


class PartitionedJoin:
    """Collects the rows of a table's files, and joins them to the joined file.

    Args:
        plan: the table.
        join: the join.
        folder: a new folder for the partitions; `close` removes it.
        partitions: their number; None derives it from the size of the file.

    Raises:
        InputError: rows of the joined file have too few or too many fields.
    """

    def __init__(self, plan: TablePlan, join: Join, folder: Path, partitions: int | None = None) -> None:
        self.join = join
        self._joined = JoinedRows.of(plan, join)
        self._partitions = partitions or self._joined.file.size // _PARTITION_BYTES + 1
        self._folder = folder
        self._rows: dict[tuple[int, int], list[Path]] = {}
        self._open: list[Spool] = []
        schema = self._joined.schema()
        spools = [self._spool(f"joined-{partition}", schema) for partition in range(self._partitions)]
        for batch in self._joined:
            self._distribute(batch, pl.col(KEY), spools)
        self._lookups = [self._closed(spool) for spool in spools]

    @property
    def read(self) -> int:
        """Rows of the joined file."""
        return self._joined.read

    def types(self) -> dict[str, pl.DataType]:
        """Types of the joined columns."""
        return {name: dtype for name, dtype in self._joined.schema().items() if name != KEY}

    def put(self, file: int, batch: pl.DataFrame) -> None:
        """Add rows of a file. Files must be added one after the other."""
        if not self._open:
            schema = dict(batch.schema)
            self._open = [self._spool(f"{file}-{partition}", schema) for partition in range(self._partitions)]
        self._distribute(batch, as_text(pl.col(self.join.on), batch.schema[self.join.on]), self._open)

    def end(self, file: int) -> None:
        """Mark a file as complete."""
        for partition, spool in enumerate(self._open):
            self._rows[partition, file] = self._closed(spool)
        self._open = []

    def rows(self) -> Iterator[tuple[int, pl.DataFrame]]:
        """All joined rows, with the index of their file.

        Raises:
            MappingError: a key names several different rows.
        """
        for partition in range(self._partitions):
            joined = pl.concat([pl.read_parquet(part) for part in self._lookups[partition]])
            lookup = Lookup(self.join, unique_per_key(joined, self.join, self._joined.file), self.read)
            for file in sorted({file for _, file in self._rows}):
                for part in self._rows.get((partition, file), ()):
                    yield file, lookup.attach(pl.read_parquet(part))

    def close(self) -> None:
        """Remove the partitions."""
        shutil.rmtree(self._folder)

    def _distribute(self, batch: pl.DataFrame, key: pl.Expr, spools: list[Spool]) -> None:
        partition = batch.select(key.fill_null(_NULL).hash() % self._partitions).to_series()
        for number, spool in enumerate(spools):
            spool.add(batch.filter(partition == number))

    def _spool(self, name: str, schema: dict[str, pl.DataType]) -> Spool:
        return Spool(self._folder / name, schema, _ROWS_PER_PART)

    def _closed(self, spool: Spool) -> list[Path]:
        spool.close()
        return spool.parts()
