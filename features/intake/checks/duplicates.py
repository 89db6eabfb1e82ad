"""Find rows that share a key with another row of their table.

Of rows that are equal in every column, one is kept and the others are quarantined. Rows that have the same key
and different values are all quarantined, because it is unknown which is right. The result does not depend on
the order of rows.

Memory: eight bytes per row identify the keys that may repeat. Only those rows are compared, in partitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from features.contract import Kind, Table

SAME = "duplicate of another row"
CONFLICT = "duplicate key with other values"
ROW_KEY = ("source_file", "source_row")
"""Columns that identify a row by its file and its number in the file."""
_PARTITION_KEYS = 1 << 19
_HASH = "\0hash"
_VERSION = "\0version"


def repeated_rows(
    table: type[Table], columns: Sequence[str], parts: Sequence[Path]
) -> Iterator[pl.DataFrame]:
    """Rows to quarantine, in frames that fit into memory.

    Args:
        table: the table; its key identifies a row.
        columns: its contract columns that are present.
        parts: its written files.

    Yields:
        Key columns, `ROW_KEY`, money columns, and ``reason``.
    """
    if not table.key:
        return
    needed = (*table.key, *ROW_KEY, *(name for name in table.of_kind(Kind.MONEY) if name in columns))
    version = pl.struct(columns).hash().alias(_VERSION)
    repeated = _repeated_hashes(table.key, parts)
    partitions = len(repeated) // _PARTITION_KEYS + 1
    for number in range(partitions if len(repeated) else 0):
        repeated_here = pl.Series(_HASH, repeated[repeated % partitions == number]).to_frame()
        frames = [
            _hashed(part, table.key)
            .join(repeated_here.lazy(), on=_HASH, how="semi")
            .select(*needed, version)
            .collect()
            for part in parts
        ]
        yield _with_reason(pl.concat(frames), table.key)


def without(part: Path, duplicates: pl.DataFrame) -> None:
    """Rewrite a part without the duplicate rows, which are identified by `ROW_KEY`."""
    rows = pl.read_parquet(part)
    kept = rows.join(duplicates.select(ROW_KEY), on=ROW_KEY, how="anti", maintain_order="left")
    if kept.height < rows.height:
        kept.write_parquet(part)


def _repeated_hashes(
    key: Sequence[str], parts: Sequence[Path]
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    hashes = np.concatenate([_hashed(part, key).select(_HASH).collect()[_HASH].to_numpy() for part in parts])
    hashes.sort()
    return np.unique(hashes[1:][hashes[1:] == hashes[:-1]])


def _hashed(part: Path, key: Sequence[str]) -> pl.LazyFrame:
    hashed = pl.struct(key).hash() if len(key) > 1 else pl.col(key[0]).hash()
    return pl.scan_parquet(part).with_columns(hashed.alias(_HASH))


def _with_reason(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The rows to quarantine, with the reason. Different keys with the same hash are separated here."""
    unique = pl.len().over(key) == 1
    conflicting = pl.col(_VERSION).n_unique().over(key) > 1
    first = pl.int_range(pl.len()).over(key) == 0
    reason = (
        pl.when(unique)
        .then(None)
        .when(conflicting)
        .then(pl.lit(CONFLICT))
        .when(~first)
        .then(pl.lit(SAME))
        .alias("reason")
    )
    return rows.sort(ROW_KEY).with_columns(reason).filter(pl.col("reason").is_not_null()).drop(_VERSION)
