"""Ledgers of personal accounts that do not add up, in themselves or with the settlements they paid for (D30)."""

from __future__ import annotations

import narwhals as nw
import polars as pl

from detection.cards import Lines
from detection.facts import Facts
from features.account.ledger import asked_of_accounts, in_order, roots
from features.registry import Frame

_COLUMNS = [
    *("record_table", "record_id", "record_day", "account_id", "cause", "account"),
    *("source_file", "source_row"),
]


def hits(facts: Facts, line: Lines) -> Frame:
    """One case per account. Money that an account has too much is above zero, what it was debited too much below.

    The first entry of an account has nothing before it to add up with. Only what lies inside the days of both tables is
    compared with settlements, and only for accounts that the ledger knows.
    """
    found = [_sums(facts), *_settled(facts, line)]
    return nw.concat([one.select(_COLUMNS) for one in found]).with_columns(
        person_id=nw.col("account_id"), subject_id=nw.col("account_id"), pool=nw.lit(0, dtype=nw.Int64)
    )


def _sums(facts: Facts) -> Frame:
    """Entries whose balance is not the sum, and debits that overdrew an account, by as much as they did.

    In an account whose balances do not add up, what is below zero may come of that, and is not counted again.
    """
    before, after = nw.col("before"), nw.col("balance_after")
    off = after - before - nw.col("amount")
    overdrawn = (0 - nw.min_horizontal(after, nw.lit(0))) - (
        0 - nw.min_horizontal(before.fill_null(0), nw.lit(0))
    )
    broken = (off != 0).fill_null(False)
    odd: pl.LazyFrame = (
        in_order(facts.account_entries)
        .filter(broken | ((after < 0) & (overdrawn > 0)))
        .with_columns(
            cause=nw.when(broken).then(nw.lit("balance_break")).otherwise(nw.lit("negative_balance")),
            account=nw.when(broken).then(off).otherwise(overdrawn),
        )
        .to_native()
    )
    few = odd.collect(engine="streaming")  # of all entries, those that are not as they should be
    is_break = pl.col("cause") == "balance_break"
    return _of_entry(nw.from_native(few.filter(is_break | ~is_break.any().over("account_id")).lazy()))


def _settled(facts: Facts, line: Lines) -> list[Frame]:
    """Payments of settlements against the entries that name them, refunds and reversals included."""
    if not _names_settlements(facts):
        return []
    first, last = _days_of_both(facts)
    links = roots(facts.settlements)
    linked = facts.account_entries.filter(~nw.col("settlement_id").is_null()).join(
        links, on="settlement_id", how="left"
    )
    day, refunds = nw.col("posted_day"), line.expression("refund_days", nw.col("posted_day"))
    late_enough = (nw.col("amount") < 0) | (day >= first + refunds)
    unknown = linked.filter(nw.col("root").is_null(), day.is_between(first, last), late_enough)
    posted = linked.filter(~nw.col("root").is_null())
    sums = posted.group_by("account_id", "root").agg(nw.col("amount").sum())
    accounts = facts.account_entries.select("account_id").unique()
    wait = line.expression("wait_days", nw.col("settled_day"))
    asked = asked_of_accounts(facts.settlements).join(accounts, on="account_id", how="semi")
    compared = asked.join(sums, on=["account_id", "root"], how="left").with_columns(
        cause=nw.when(nw.col("amount").is_null())
        .then(nw.lit("not_posted"))
        .otherwise(nw.lit("other_amount")),
        account=nw.col("paid") + nw.col("amount").fill_null(0),
    )
    settled = nw.col("settled_day")
    differing = compared.filter(
        nw.col("account") != 0, settled >= first, (settled + wait <= last) | ~nw.col("amount").is_null()
    )
    unasked = posted.join(asked, on=["account_id", "root"], how="anti").join(
        sums.filter(nw.col("amount") != 0).select("account_id", "root"), on=["account_id", "root"], how="semi"
    )
    return [
        _of_entry(unknown.with_columns(cause=nw.lit("unknown_settlement"), account=nw.col("amount"))),
        _of_entry(unasked.with_columns(cause=nw.lit("other_amount"), account=nw.col("amount"))),
        _of_settlement(differing, facts),
    ]


def _names_settlements(facts: Facts) -> bool:
    """Whether the ledger says at all which settlement an entry is of."""
    named: pl.LazyFrame = facts.account_entries.select(nw.col("settlement_id").count()).to_native()
    return bool(named.collect().item())


def _days_of_both(facts: Facts) -> tuple[int, int]:
    """First and last day that settlements and ledger both have."""
    tables: dict[str, pl.LazyFrame] = {
        "settled_day": facts.settlements.to_native(),
        "posted_day": facts.account_entries.to_native(),
    }
    bounds = [
        native.select(pl.col(day).min().alias("first"), pl.col(day).max().alias("last")).collect().row(0)
        for day, native in tables.items()
    ]
    return max(first or 0 for first, _ in bounds), min(last or 0 for _, last in bounds)


def _of_entry(entries: Frame) -> Frame:
    return entries.with_columns(
        record_table=nw.lit("account_entries"), record_id=nw.col("entry_id"), record_day=nw.col("posted_day")
    )


def _of_settlement(sums: Frame, facts: Facts) -> Frame:
    """Shown by the settlement itself; by its reversal, where what was reversed is before the data."""
    rows = facts.settlements.join(roots(facts.settlements), on="settlement_id", how="inner").select(
        "settlement_id", "service_day", "source_file", "source_row", "root"
    )
    own = nw.col("settlement_id") == nw.col("root")
    whole = rows.filter(own).select(nw.col("root").alias("known"))
    before_data = rows.filter(~own).join(whole, left_on="root", right_on="known", how="anti")
    return sums.join(nw.concat([rows.filter(own), before_data]), on="root", how="inner").with_columns(
        record_table=nw.lit("settlements"),
        record_id=nw.col("settlement_id"),
        record_day=nw.col("service_day"),
    )
