"""Collect frames and write them as Parquet parts, with bounded memory."""

from __future__ import annotations

from pathlib import Path

import polars as pl

_ROWS_PER_PART = 1 << 17
_COMPRESSION_LEVEL = 1
"""Of zstd. Higher levels take more time and make these files no smaller."""


class Spool:
    """Writes frames of one schema as ``part-00000.parquet``, ``part-00001.parquet``, … in a folder."""

    def __init__(
        self, folder: Path, schema: dict[str, pl.DataType], rows_per_part: int = _ROWS_PER_PART
    ) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._schema = schema
        self._waiting: list[pl.DataFrame] = []
        self._rows = 0
        self._parts = 0
        self._rows_per_part = rows_per_part

    def add(self, frame: pl.DataFrame) -> None:
        """Add rows. Columns are put into the order of the schema."""
        if frame.height == 0:
            return
        rows = frame.select(list(self._schema))
        self._waiting.append(rows if rows.schema == self._schema else rows.cast(pl.Schema(self._schema)))
        self._rows += frame.height
        if self._rows >= self._rows_per_part:
            self._write()

    def close(self) -> pl.LazyFrame:
        """Write the remaining rows (an empty part if there were none) and scan all parts."""
        if self._waiting or self._parts == 0:
            self._write()
        return pl.scan_parquet(self.parts())

    def parts(self) -> list[Path]:
        """Files written so far, in order."""
        return sorted(self.folder.glob("part-*.parquet"))

    def remove(self) -> None:
        """Delete what was written."""
        for part in self.parts():
            part.unlink()
        self.folder.rmdir()

    def _write(self) -> None:
        frame = pl.concat(self._waiting) if self._waiting else pl.DataFrame(schema=self._schema)
        frame.write_parquet(
            self.folder / f"part-{self._parts:05}.parquet", compression_level=_COMPRESSION_LEVEL
        )
        self._waiting, self._rows = [], 0
        self._parts += 1
