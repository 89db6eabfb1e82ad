"""The part files of a table in a combined data set: those of the earlier one, and one of the delivery."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import polars as pl

PLACE = ["source_file", "source_row"]


class PartFiles:
    """Writes ``part-00000.parquet``, ``part-00001.parquet``, … of one table, in order.

    Args:
        folder: of the table; it is there and empty.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def take(self, files: Sequence[Path], removed: pl.DataFrame, columns: Sequence[str]) -> None:
        """The rows of an earlier data set that stay.

        A file all of whose rows stay is copied: to read and write its rows again would take far longer.

        Args:
            files: of the earlier data set, in order.
            removed: places in the source (`PLACE`) of the rows that do not stay.
            columns: the columns that stay.
        """
        for file in files:
            rows = pl.scan_parquet(file)
            leaving = rows.select(PLACE).join(removed.lazy(), on=PLACE, how="semi")
            some = not removed.is_empty() and leaving.select(pl.len()).collect().item()
            if some or list(rows.collect_schema()) != list(columns):
                self.write(rows.join(removed.lazy(), on=PLACE, how="anti").select(columns))
            else:
                shutil.copyfile(file, self._next())

    def write(self, rows: pl.LazyFrame) -> None:
        """Rows as the next file."""
        rows.sink_parquet(self._next())

    def scan(self) -> pl.LazyFrame:
        """All rows, in order."""
        return pl.scan_parquet(sorted(self._folder.glob("part-*.parquet")))

    def _next(self) -> Path:
        self._count += 1
        return self._folder / f"part-{self._count - 1:05}.parquet"
