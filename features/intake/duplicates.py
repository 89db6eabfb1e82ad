"""Rows that share a key with another row of their table.

Rows that are the same in every column: one stays, the others are quarantined. Rows that contradict each
other under one key: all are quarantined, because nobody can say which is right. So what is accepted does
not depend on the order of rows.

Out of core: eight bytes per row tell which keys may repeat; only those rows are ever compared, in shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from features.contract import Table

SAME = "duplicate of another row"
CONFLICT = "duplicate key with other values"
PLACE = ("source_file", "source_row")
_SHARE_ROWS = 1 << 19
_HASH = "\0hash"


def repeated_rows(
    table: type[Table], columns: Sequence[str], parts: Sequence[Path]
) -> Iterator[pl.DataFrame]:
    """Rows to quarantine, in frames that fit into memory.

    Args:
        table: the table; its key tells rows apart.
        columns: the contract columns that are there.
        parts: its written files.

    Yields:
        The rows with all their columns and ``reason``.
    """
    if not table.key:
        return
    repeated = _repeated_hashes(table.key, parts)
    shares = max(1, len(repeated) // _SHARE_ROWS)
    for share in range(shares if len(repeated) else 0):
        mine = pl.Series(_HASH, repeated[repeated % shares == share])
        frames = [_hashed(part, table.key).filter(pl.col(_HASH).is_in(mine.implode())) for part in parts]
        rows = pl.concat([frame.collect() for frame in frames]).drop(_HASH)
        yield _judged(rows, table.key, columns)


def without(part: Path, gone: pl.DataFrame) -> None:
    """Rewrite a part without some rows, named by file and row."""
    rows = pl.read_parquet(part)
    kept = rows.join(gone.select(PLACE), on=PLACE, how="anti", maintain_order="left")
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


def _judged(rows: pl.DataFrame, key: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
    """The rows that go, with the reason; two keys of one hash are told apart here."""
    versions = rows.select(*columns).unique().group_by(key).agg(pl.len().alias("\0versions"))
    sorted_rows = rows.sort(PLACE).join(versions, on=key, how="left", maintain_order="left")
    number = pl.int_range(pl.len()).over(key)
    alone = pl.len().over(key) == 1
    reason = (
        pl.when(alone)
        .then(None)
        .when(pl.col("\0versions") > 1)
        .then(pl.lit(CONFLICT))
        .when(number > 0)
        .then(pl.lit(SAME))
    )
    judged = sorted_rows.with_columns(reason.alias("reason")).filter(pl.col("reason").is_not_null())
    return judged.drop("\0versions")
