"""Writing the contract's tables: exact decimals, times to the second, one file per table and month or year."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Literal

import numpy as np
import polars as pl

from data_samples.exports import Export
from data_samples.period import Flags, Ints

FileFormat = Literal["csv", "parquet"]


def yuan(fen: Ints) -> pl.Series:
    """Fen as exact decimal(12,2) yuan."""
    return _decimal(fen, 12, 2)


def price(millionths: Ints) -> pl.Series:
    """Millionths of a yuan as decimal(18,6)."""
    return _decimal(millionths, 18, 6)


def quantity(ten_thousandths: Ints) -> pl.Series:
    """Ten-thousandths as decimal(18,4)."""
    return _decimal(ten_thousandths, 18, 4)


def _decimal(units: Ints, precision: int, scale: int) -> pl.Series:
    whole = pl.Series(np.asarray(units, dtype=np.int64)).cast(pl.Decimal(precision + 6, 0))
    unit = pl.Series([10**scale]).cast(pl.Decimal(precision + 6, scale))
    return (whole.cast(pl.Decimal(30, scale)) / unit).cast(pl.Decimal(precision, scale))


def days(day: Ints, missing: Flags | bool = False) -> pl.Series:
    """Days since 1970-01-01 as dates; null where `missing`."""
    values = pl.Series(np.asarray(day, dtype=np.int32)).cast(pl.Date)
    return _null(values, missing)


def times(seconds: Ints, missing: Flags | bool = False) -> pl.Series:
    """Seconds since 1970-01-01 as local times; null where `missing`."""
    values = pl.Series(np.asarray(seconds, dtype=np.int64) * 1_000_000).cast(pl.Datetime("us"))
    return _null(values, missing)


def names(values: tuple[str, ...] | pl.Series, index: Ints) -> pl.Series:
    """Texts by index; a negative index is null."""
    texts = pl.Series(values) if isinstance(values, tuple) else values
    index = np.asarray(index, dtype=np.int64)
    # A null behind the last text is what a negative index takes.
    return texts.extend_constant(None, 1).gather(np.where(index < 0, len(texts), index))


def _null(values: pl.Series, missing: Flags | bool) -> pl.Series:
    if missing is False:
        return values
    nothing = pl.Series([None], dtype=values.dtype).new_from_index(0, len(values))
    return nothing.zip_with(pl.Series(np.broadcast_to(missing, len(values))), values)


class Sink:
    """Where tables go: `<folder>/<table>.parquet|csv`, or parts of `<folder>/<table>/` when they come in parts.

    Args:
        folder: the data set's folder.
        file_format: `csv` or `parquet`.
        export: which tables and columns are written, and how exact times are.
    """

    def __init__(self, folder: Path, file_format: FileFormat, export: Export | None = None) -> None:
        self.folder = folder
        self.file_format = file_format
        self.export = export or Export()

    def table(self, name: str, frame: pl.DataFrame) -> None:
        """Writes a whole table, if the export has it."""
        fitted = self.export.fit(name, frame)
        if fitted is not None:
            self._write(name, fitted)

    def declare(self) -> None:
        """Writes `mapping.toml` for text with days instead of times: text does not say so itself."""
        if (self.file_format, self.export.clock) != ("csv", "day"):
            return
        written = {}
        for path in sorted(self.folder.glob("*.csv")):
            with path.open(encoding="utf-8") as stream:
                written[path.stem] = stream.readline().strip().split(",")
        (self.folder / "mapping.toml").write_text(self.export.mapping(written), encoding="utf-8")

    def _write(self, name: str, frame: pl.DataFrame) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.{self.file_format}"
        if self.file_format == "parquet":
            frame.write_parquet(path, statistics=True)
        else:
            with path.open("wb") as stream:
                _write_csv(frame, stream, header=True)

    def part(self, name: str, part: str, frame: pl.DataFrame) -> None:
        """Adds a part of a table: a Parquet file of its own, or rows at the end of one CSV file."""
        fitted = self.export.fit(name, frame)
        if fitted is None:
            return
        if self.file_format == "parquet":
            Sink(self.folder / name, "parquet")._write(part, fitted)
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.csv"
        new = not path.exists()
        with path.open("ab") as stream:
            _write_csv(fitted, stream, header=new)


def _write_csv(frame: pl.DataFrame, stream: IO[bytes], *, header: bool) -> None:
    frame.write_csv(stream, include_header=header, datetime_format="%Y-%m-%dT%H:%M:%S")
