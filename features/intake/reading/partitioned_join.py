"""A join with a file as large as the table: both are spread on disk by shares of the key, and joined share by share.

Visits are as many as settlements: held in memory they would need as much as the whole table.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from features.intake.mapping.model import Join
from features.intake.reading.joins import KEY, JoinedRows, Lookup, one_per_key
from features.intake.reading.table_plan import TablePlan
from features.intake.spool import Spool
from features.intake.values.cells import as_text

_SHARE_BYTES = 1 << 28
"""Bytes of a joined file that are held in memory at once."""
_ROWS_PER_PART = 1 << 14
_NULL = ""


def too_large(plan: TablePlan) -> Join | None:
    """The join whose file is too large for memory, the largest where there are several."""
    large = [join for join in plan.mapping.joins if plan.lookups[join.file].size > _SHARE_BYTES]
    # A table of distinct values is gathered in one go.
    return (
        None
        if plan.mapping.distinct
        else max(large, key=lambda join: plan.lookups[join.file].size, default=None)
    )


class JoinInShares:
    """Gathers the rows of a table's files and gives them back with the columns of the joined file.

    Args:
        plan: the table.
        join: the join.
        folder: a new folder for what is spread; `close` removes it.
        shares: how many; by the size of the file when None.

    Raises:
        InputError: rows of the joined file have too few or too many fields.
    """

    def __init__(self, plan: TablePlan, join: Join, folder: Path, shares: int | None = None) -> None:
        self.join = join
        self._joined = JoinedRows.of(plan, join)
        self._shares = shares or self._joined.file.size // _SHARE_BYTES + 1
        self._folder = folder
        self._rows: dict[tuple[int, int], list[Path]] = {}
        self._open: list[Spool] = []
        schema = self._joined.schema()
        spools = [self._spool(f"joined-{share}", schema) for share in range(self._shares)]
        for batch in self._joined:
            self._spread(batch, pl.col(KEY), spools)
        self._lookups = [self._closed(spool) for spool in spools]

    @property
    def read(self) -> int:
        """Rows of the joined file."""
        return self._joined.read

    def types(self) -> dict[str, pl.DataType]:
        """Types of the columns that the joined file brings."""
        return {name: dtype for name, dtype in self._joined.schema().items() if name != KEY}

    def put(self, file: int, batch: pl.DataFrame) -> None:
        """Gather rows of a file; files come one after the other."""
        if not self._open:
            schema = dict(batch.schema)
            self._open = [self._spool(f"{file}-{share}", schema) for share in range(self._shares)]
        self._spread(batch, as_text(pl.col(self.join.on), batch.schema[self.join.on]), self._open)

    def end(self, file: int) -> None:
        """Say that a file has no more rows."""
        for share, spool in enumerate(self._open):
            self._rows[share, file] = self._closed(spool)
        self._open = []

    def rows(self) -> Iterator[tuple[int, pl.DataFrame]]:
        """All rows with the columns of the joined file, and the file that they came from.

        Raises:
            MappingError: a key names several different rows.
        """
        for share in range(self._shares):
            held = pl.concat([pl.read_parquet(part) for part in self._lookups[share]])
            lookup = Lookup(self.join, one_per_key(held, self.join, self._joined.file), self.read)
            for file in sorted({file for _, file in self._rows}):
                for part in self._rows.get((share, file), ()):
                    yield file, lookup.attach(pl.read_parquet(part))

    def close(self) -> None:
        """Remove what was spread."""
        shutil.rmtree(self._folder)

    def _spread(self, batch: pl.DataFrame, key: pl.Expr, spools: list[Spool]) -> None:
        share = batch.select(key.fill_null(_NULL).hash() % self._shares).to_series()
        for number, spool in enumerate(spools):
            spool.add(batch.filter(share == number))

    def _spool(self, name: str, schema: dict[str, pl.DataType]) -> Spool:
        return Spool(self._folder / name, schema, _ROWS_PER_PART)

    def _closed(self, spool: Spool) -> list[Path]:
        spool.close()
        return spool.parts()
