"""Rows of one key in several deliveries: which of them holds, and which are superseded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from features.contract import Table

UPDATED = "updated_at"
SUPERSEDED_FILE = "superseded.parquet"
RECORD = "record_id"
SCHEMA: dict[str, pl.DataType] = {
    "table": pl.String(),
    RECORD: pl.String(),
    "source_file": pl.Int32(),
    "source_row": pl.Int64(),
    "delivery": pl.String(),
    "outdated": pl.Boolean(),
}
"""A superseded row: its table, its key (parts joined by ``/``), where it was, and the delivery at which it was; it is
``outdated`` where it came with that delivery, and an earlier one had been updated later."""


def earlier_holds(old: pl.LazyFrame, new: pl.LazyFrame, key: list[str]) -> pl.LazyFrame:
    """Keys of both for which the earlier delivery's row was updated later; else the later delivery holds.

    Args:
        old: rows of the earlier data.
        new: rows of the delivery.
        key: columns of the key.
    """
    if not all(UPDATED in rows.collect_schema() for rows in (old, new)):
        return old.select(key).clear()
    both = old.select(*key, UPDATED).join(
        new.select(*key, pl.col(UPDATED).alias("\0new")), on=key, how="inner", nulls_equal=True
    )
    later = pl.col(UPDATED) > pl.col("\0new")
    unknown = pl.col("\0new").is_null() & pl.col(UPDATED).is_not_null()
    return both.filter(later.fill_null(value=False) | unknown).select(key)


def as_superseded(
    rows: pl.LazyFrame, table: str, key: list[str], delivery: str, *, outdated: bool
) -> pl.DataFrame:
    """Superseded rows in the form of `SCHEMA`."""
    record = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in key], separator="/")
    return rows.select(
        pl.lit(table).alias("table"),
        record.alias(RECORD),
        "source_file",
        "source_row",
        pl.lit(delivery).alias("delivery"),
        pl.lit(outdated).alias("outdated"),
    ).collect()


@dataclass(frozen=True)
class Merged:
    """A table of two deliveries.

    Attributes:
        columns: those that both have, in the order of the earlier one.
        new: rows of the later delivery that hold, with these columns.
        replaced: earlier rows that do not hold any more (`SCHEMA`); all other earlier rows do.
        outdated: rows of the later delivery that do not hold (`SCHEMA`).
    """

    columns: list[str]
    new: pl.LazyFrame
    replaced: pl.DataFrame
    outdated: pl.DataFrame


def merge(old: pl.LazyFrame, new: pl.LazyFrame, table: type[Table], delivery: str) -> Merged:
    """Which rows of an earlier data set and of a delivery hold.

    Args:
        old: accepted rows of the earlier data set.
        new: those of the delivery; files count from the first file of both.
        table: the table of the contract.
        delivery: id of the later one.
    """
    columns = [column for column in old.collect_schema() if column in new.collect_schema()]
    key = list(table.key)
    if not key:
        nothing = pl.DataFrame(schema=SCHEMA)
        return Merged(columns, new.select(columns), nothing, nothing)
    older = earlier_holds(old, new, key)
    late = new.join(older, on=key, how="semi", nulls_equal=True)
    new = new.join(older, on=key, how="anti", nulls_equal=True)
    # A corrected bill has the lines of the correction alone.
    replaced = ["settlement_id"] if table.table == "charge_lines" else key
    keys = new.select(replaced).unique()
    again = old.join(keys, on=replaced, how="semi", nulls_equal=True)
    return Merged(
        columns,
        new.select(columns),
        as_superseded(again, table.table, key, delivery, outdated=False),
        as_superseded(late, table.table, key, delivery, outdated=True),
    )


def known_superseded(folder: Path) -> pl.LazyFrame:
    """The superseded rows of a data set; none for a single delivery."""
    path = folder / SUPERSEDED_FILE
    return pl.scan_parquet(path) if path.exists() else pl.LazyFrame(schema=SCHEMA)


def corrected_by(folder: Path, delivery: str) -> pl.DataFrame:
    """Table, key, file index and row of earlier rows that one delivery corrected, in order."""
    rows = known_superseded(folder).filter(pl.col("delivery") == delivery, ~pl.col("outdated"))
    return (
        rows.select("table", RECORD, "source_file", "source_row").sort("source_file", "source_row").collect()
    )
