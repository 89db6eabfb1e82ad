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

from features.contract import Kind, Table

SAME = "duplicate of another row"
CONFLICT = "duplicate key with other values"
PLACE = ("source_file", "source_row")
_SHARE_KEYS = 1 << 19
_HASH = "\0hash"
_VERSION = "\0version"


def repeated_rows(
    table: type[Table], columns: Sequence[str], parts: Sequence[Path]
) -> Iterator[pl.DataFrame]:
    """Rows to quarantine, in frames that fit into memory.

    Args:
        table: the table; its key tells rows apart.
        columns: the contract columns that are there.
        parts: its written files.

    Yields:
        Key, place and money columns of the rows, and ``reason``.
    """
    if not table.key:
        return
    needed = (*table.key, *PLACE, *(name for name in table.of_kind(Kind.MONEY) if name in columns))
    version = pl.struct(columns).hash().alias(_VERSION)
    repeated = _repeated_hashes(table.key, parts)
    shares = len(repeated) // _SHARE_KEYS + 1
    for share in range(shares if len(repeated) else 0):
        mine = pl.Series(_HASH, repeated[repeated % shares == share]).to_frame()
        frames = [
            _hashed(part, table.key)
            .join(mine.lazy(), on=_HASH, how="semi")
            .select(*needed, version)
            .collect()
            for part in parts
        ]
        yield _judged(pl.concat(frames), table.key)


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


def _judged(rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The rows that go, with the reason; two keys of one hash are told apart here."""
    alone = pl.len().over(key) == 1
    conflicting = pl.col(_VERSION).n_unique().over(key) > 1
    first = pl.int_range(pl.len()).over(key) == 0
    reason = (
        pl.when(alone)
        .then(None)
        .when(conflicting)
        .then(pl.lit(CONFLICT))
        .when(~first)
        .then(pl.lit(SAME))
        .alias("reason")
    )
    return rows.sort(PLACE).with_columns(reason).filter(pl.col("reason").is_not_null()).drop(_VERSION)
