"""Checks across rows or tables: orphans, broken ledgers, impossible ages, days far from all others.

Every check is a lazy frame of the `ROW_KEY` of the accepted rows that it flags. Joins use eight-byte hashes of
ids, so that a table of a hundred million rows need not fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from features.contract import TABLES
from features.intake.checks.duplicates import ROW_KEY
from features.intake.checks.plausible_days import plausible_days
from features.intake.tolerances import Tolerances

ORPHAN = "orphan_reference"
LEDGER_BREAK = "ledger_break"
BEFORE_BIRTH = "before_birth"
AGE_TOO_HIGH = "age_out_of_range"
FAR_FUTURE = "far_in_the_future"
FAR_PAST = "far_in_the_past"
_LEDGER_PARTITION_ROWS = 1 << 21
_DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Noticed:
    """Rows of one table that a check flags, by `ROW_KEY`."""

    table: str
    column: str
    flag: str
    rows: pl.LazyFrame


def across(
    frames: Mapping[str, pl.LazyFrame], rows: Mapping[str, int], allowed: Tolerances
) -> Iterator[Noticed]:
    """All checks across rows and tables that the available tables allow.

    Args:
        frames: accepted rows by table.
        rows: number of accepted rows by table.
        allowed: tolerances.
    """
    yield from _orphans(frames)
    yield from _ages(frames, allowed)
    yield from _far_days(frames["settlements"], allowed)
    if "account_entries" in frames:
        yield from _ledger(frames["account_entries"], rows["account_entries"], allowed)


def _orphans(frames: Mapping[str, pl.LazyFrame]) -> Iterator[Noticed]:
    for table, frame in frames.items():
        columns = frame.collect_schema()
        for name, column in TABLES[table].columns.items():
            target, _, key = (column.refers or "").partition(".")
            if name not in columns or target not in frames:
                continue
            known = frames[target].select(pl.col(key).hash().alias("id")).unique()
            references = frame.filter(pl.col(name).is_not_null()).select(
                *ROW_KEY, pl.col(name).hash().alias("id")
            )
            yield Noticed(table, name, ORPHAN, references.join(known, on="id", how="anti"))


def _ages(frames: Mapping[str, pl.LazyFrame], allowed: Tolerances) -> Iterator[Noticed]:
    if "birth_date" not in frames["persons"].collect_schema():
        return
    born = frames["persons"].select(pl.col("person_id").hash().alias("id"), "birth_day").drop_nulls()
    care = frames["settlements"].select(*ROW_KEY, pl.col("person_id").hash().alias("id"), "service_day")
    lived = care.join(born, on="id").with_columns((pl.col("service_day") - pl.col("birth_day")).alias("days"))
    yield Noticed("settlements", "person_id", BEFORE_BIRTH, lived.filter(pl.col("days") < 0))
    oldest = int(allowed.oldest_age * _DAYS_PER_YEAR)
    yield Noticed("settlements", "person_id", AGE_TOO_HIGH, lived.filter(pl.col("days") > oldest))


def _far_days(settlements: pl.LazyFrame, allowed: Tolerances) -> Iterator[Noticed]:
    days = plausible_days(settlements, allowed)
    if days is None:
        return
    day = pl.col("settled_day")
    yield Noticed("settlements", "settled_at", FAR_FUTURE, settlements.filter(day > days.last))
    yield Noticed("settlements", "settled_at", FAR_PAST, settlements.filter(day < days.first))


def _ledger(entries: pl.LazyFrame, rows: int, allowed: Tolerances) -> Iterator[Noticed]:
    """Balances that differ from the previous balance plus the amount. Accounts are checked in partitions.

    The entries of an account are a run of the sorted rows, so that no window is needed.
    """
    partitions = rows // _LEDGER_PARTITION_ROWS + 1
    account = pl.col("account_id").hash()
    same_account = pl.col("account") == pl.col("account").shift(1)
    before = pl.when(same_account).then(pl.col("balance_after").shift(1))
    broken = (pl.col("balance_after") - before - pl.col("amount")).abs() > allowed.ledger
    for number in range(partitions):
        partition = entries.filter(account % partitions == number).select(
            *ROW_KEY, account.alias("account"), "posted_at", "entry_id", "amount", "balance_after"
        )
        whole = partition.collect(engine="streaming").rechunk()  # sorts twice as fast as many chunks
        order = whole.select(pl.arg_sort_by("account", "posted_at", "entry_id")).to_series()
        in_order = whole.select(*ROW_KEY, "account", "amount", "balance_after")[order].lazy()
        yield Noticed("account_entries", "balance_after", LEDGER_BREAK, in_order.filter(broken))
