"""Ledgers of personal accounts that do not add up, in themselves or with the settlements they paid for (D30).

Evidence is a balance that is not the one before plus the amount, an overdrawn account, or a settlement and a ledger
entry that lack each other or differ. An account's first entry has nothing before it, and what lies outside the days of
both tables may be lawful, so neither is a hit.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features.account.ledger import entries_of_settlements, with_previous_balance
from features.account.posted import common_days, compared_sums
from features.engine import materialize
from features.registry import Frame

_COLUMNS = [
    *("record_table", "record_id", "record_day", "account_id", "cause", "account"),
    *("source_file", "source_row"),
]
_SUM = ["account_id", "root"]


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """One case per account. Money that an account has too much is above zero, what it was debited too much below.

    The first entry of an account has nothing before it to add up with. Only what lies inside the days of both tables is
    compared with settlements, and only for accounts that the ledger knows.
    """
    parts = [_sums(context, thresholds), *_settled(context, thresholds)]
    return nw.concat([part.select(_COLUMNS) for part in parts]).with_columns(
        person_id=nw.col("account_id"), subject_id=nw.col("account_id"), pool=nw.lit(0, dtype=nw.Int64)
    )


def _sums(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Entries whose balance is not the sum, and debits that overdrew an account, by as much as they did.

    In an account whose balances do not add up, what is below zero may come of that, and is not counted again.
    """
    before, after = nw.col("before"), nw.col("balance_after")
    off = after - before - nw.col("amount")
    below = nw.min_horizontal(before.fill_null(0), nw.lit(0))
    overdrawn = below - nw.min_horizontal(after, nw.lit(0))
    slack = thresholds.expression("tolerance_fen", nw.col("posted_day"))
    broken = (off.abs() > slack).fill_null(False)
    odd = materialize(
        with_previous_balance(context.assessable.account_entries)
        .filter(broken | ((after < 0) & (overdrawn > slack)))
        .with_columns(
            cause=nw.when(broken).then(nw.lit("balance_break")).otherwise(nw.lit("negative_balance")),
            account=nw.when(broken).then(off).otherwise(overdrawn),
        )
    )
    breaks = nw.col("cause") == "balance_break"
    of_broken = odd.filter(breaks).select("account_id").unique()
    alone = odd.filter(~breaks).join(of_broken, on="account_id", how="anti")
    return _of_entry(nw.concat([odd.filter(breaks), alone]))


def _settled(context: DetectorContext, thresholds: Thresholds) -> list[Frame]:
    """Payments of settlements against the entries that name them."""
    if not _names_settlements(context):
        return []
    first, last = common_days(context.assessable.account_entries, context.assessable.settlements)
    paid, posted = nw.col("paid"), nw.col("posted")
    off = paid.fill_null(0) + posted.fill_null(0)
    odd = materialize(
        compared_sums(
            context.assessable.account_entries,
            context.assessable.settlements,
            (first, last),
            context.whole.unread,
        )
        .with_columns(account=off)
        .filter(nw.col("account").abs() > thresholds.expression("tolerance_fen", nw.lit(last)))
    )
    unclear, odd = odd.filter(~nw.col("comparable")), odd.filter("comparable")
    day = nw.col("settled_day")
    inside = (day >= first) & (~posted.is_null() | (day + thresholds.expression("wait_days", day) <= last))
    settled = odd.filter(~paid.is_null(), inside).with_columns(
        cause=nw.when(posted.is_null()).then(nw.lit("not_posted")).otherwise(nw.lit("other_amount"))
    )
    entries = entries_of_settlements(context.assessable.account_entries, context.assessable.settlements)
    unasked = entries.join(odd.filter(paid.is_null()).select(_SUM), on=_SUM, how="semi").with_columns(
        account=nw.col("amount")
    )
    known = context.assessable.settlements.select(nw.col("settlement_id").alias("root"))
    on = nw.col("posted_day")
    late_enough = (nw.col("amount") < 0) | (on >= first + thresholds.expression("refund_days", on))
    # the last day of a table that was cut is not whole
    unknown = unasked.join(known, on="root", how="anti").filter(on.is_between(first, last - 1), late_enough)
    of_others = unasked.join(known, on="root", how="semi")
    return [
        _of_settlement(settled, context),
        _of_entry(unknown.with_columns(cause=nw.lit("unknown_settlement"))),
        _of_entry(of_others.with_columns(cause=nw.lit("other_amount"))),
        _of_entry(
            entries.join(unclear.select(_SUM), on=_SUM, how="semi").with_columns(
                cause=nw.lit("payer_unclear"), account=nw.col("amount")
            )
        ),
    ]


def _names_settlements(context: DetectorContext) -> bool:
    """Whether the ledger names settlements at all."""
    named: pl.LazyFrame = context.assessable.account_entries.select(
        nw.col("settlement_id").count()
    ).to_native()
    return bool(named.collect().item())


def _of_entry(entries: Frame) -> Frame:
    return entries.with_columns(
        record_table=nw.lit("account_entries"), record_id=nw.col("entry_id"), record_day=nw.col("posted_day")
    )


def _of_settlement(sums: Frame, context: DetectorContext) -> Frame:
    """Shown by the settlement itself; by its reversal, where what was reversed is before the data."""
    root = nw.coalesce("reverses_settlement_id", "settlement_id")
    rows = context.assessable.settlements.select(
        "settlement_id", "service_day", "source_file", "source_row", root=root
    ).join(sums.select("root").unique(), on="root", how="semi")
    rows = context.whole.with_texts(rows, settlement="settlement_id")
    own = nw.col("settlement_id") == nw.col("root")
    reversals = rows.filter(~own).join(rows.filter(own).select("root"), on="root", how="anti")
    return sums.join(nw.concat([rows.filter(own), reversals]), on="root", how="inner").with_columns(
        record_table=nw.lit("settlements"),
        record_id=nw.col("settlement"),
        record_day=nw.col("service_day"),
    )
