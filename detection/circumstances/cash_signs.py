"""Signs that an account was turned into cash: what each purchase shows, and how often an account shows it.

A purchase has a sum that looks chosen (round; equal to that of other goods; just the credit) or a moment that does
(soon after the credit; days after another). A purchase that leaves the account nearly empty is drained.
"""

from __future__ import annotations

import polars as pl

from detection.detectors.cards import StatisticalThresholds
from features.money import FEN_PER_YUAN

CASE = ["owner_id", "provider_id"]
CHOSEN_SUMS = ("round", "alike", "fits_credit")
"""Signs of a sum that was chosen; a price is none of them but by chance."""
SIGNS = (*CHOSEN_SUMS, "after_credit", "burst", "drained")

_SAVED_MONTHS = 6
"""Monthly credits that something costs that an account saves for."""
_INTERVAL = [*CASE, "credited_day"]
_VISIT = [*CASE, "day"]


def with_signs(purchases: pl.DataFrame, thresholds: StatisticalThresholds) -> pl.DataFrame:
    """The purchases with a column for each of `SIGNS`; null where the data cannot say.

    Args:
        purchases: columns of `detection.circumstances.account_purchases.account_purchases`.
        thresholds: soon_days, fit_permille, round_yuan, left_percent, least_drained, burst_days.

    Returns:
        With held too (fen on the account before the visit), sorted by `CASE`, day and settlement.
    """
    limit = {name: int(thresholds.latest(name)) for name in thresholds.values}
    left, spent = pl.col("left").min().over(_VISIT), pl.col("amount").sum().over(_VISIT)
    soon = pl.col("day") - pl.col("credited_day") <= limit["soon_days"]
    dear = pl.col("price") >= _SAVED_MONTHS * pl.col("credited").fill_null(0)
    saved_for = pl.col("durable") & dear & (pl.col("durable").sum().over(CASE) == 1)
    ordered = purchases.sort(*_VISIT, "settlement_id").with_columns(
        held=spent + left,
        after_credit=soon,
        burst=(pl.col("day").diff().over(CASE) <= limit["burst_days"]).fill_null(value=False),
        round=pl.col("chosen") & ~saved_for & (pl.col("price") % (limit["round_yuan"] * FEN_PER_YUAN) == 0),
        alike=pl.col("chosen") & (pl.col("goods").drop_nulls().n_unique().over(*CASE, "chosen", "price") > 1),
    )
    at_once = pl.when("after_credit").then("amount").otherwise(0).sum().over(_INTERVAL)
    off = (at_once - pl.col("credited")).abs() * 1000
    return ordered.with_columns(
        drained=~saved_for
        & (left * 100 <= pl.col("held") * limit["left_percent"])
        & (spent >= limit["least_drained"] * FEN_PER_YUAN),
        fits_credit=pl.col("after_credit")
        & pl.col("chosen").all().over(_INTERVAL)
        & (off <= pl.col("credited") * limit["fit_permille"]),
    )


def counted_signs(signed: pl.DataFrame) -> pl.DataFrame:
    """How often each account shows each sign at each place, and of how many chances.

    The same goods at the same price are one sum, and so is the same basket soon after a credit: a price that recurs
    says no more than a price.

    Args:
        signed: from `with_signs`.

    Returns:
        Columns `CASE`, purchases, months, amount (fen); seen of chances: round and alike of sums, fits of credits,
        soon of timed visits, soon_drained of timed_drained ones, close of purchases but one; drained_months, and
        expected, how many of the visits drain an account that holds as much. Sorted by `CASE`.
    """
    counted = signed.group_by(CASE).agg(
        pl.len().cast(pl.Int64).alias("purchases"),
        pl.col("month").n_unique().cast(pl.Int64).alias("months"),
        pl.col("amount").sum(),
        _count(pl.col("burst")).alias("close"),
    )
    for part in (_visits(signed), _sums(signed), _credits(signed)):
        counted = counted.join(part, on=CASE, how="left")
    return counted.with_columns(pl.exclude(*CASE).fill_null(0)).sort(CASE)


def _count(sign: pl.Expr) -> pl.Expr:
    return sign.cast(pl.Int64).sum()


def _visits(signed: pl.DataFrame) -> pl.DataFrame:
    """Visits that drain the account, those soon after a credit, and how many drains such balances let one expect."""
    visits = signed.group_by(_VISIT).agg(pl.col("month", "held", "after_credit", "drained").first())
    visits = visits.with_columns(size=pl.col("held").clip(FEN_PER_YUAN).log(2).floor())
    usual = visits.group_by("size").agg(
        usual=(_count(pl.col("drained")) + 0.5) / (pl.col("drained").count() + 1)
    )
    known = visits.join(usual, on="size", how="left")  # an unknown balance joins nothing
    drained = pl.col("drained").fill_null(value=False)
    timed = pl.col("after_credit").is_not_null()
    return known.group_by(CASE).agg(
        pl.col("month").filter(drained).n_unique().cast(pl.Int64).alias("drained_months"),
        pl.col("usual").sort().sum().round(9).alias("expected"),
        _count(pl.col("after_credit")).alias("soon"),
        _count(timed).alias("timed"),
        _count(drained & pl.col("after_credit")).alias("soon_drained"),
        _count(drained & timed).alias("timed_drained"),
    )


def _sums(signed: pl.DataFrame) -> pl.DataFrame:
    """Sums that the account paid in full: distinct pairs of goods and price, round ones, prices of several goods."""
    sums = signed.filter("chosen").select(*CASE, "goods", "price", "round").unique()
    goods = pl.col("goods").drop_nulls().n_unique().cast(pl.Int64)
    alike = (
        sums.group_by(*CASE, "price").agg(again=(goods - 1).clip(0)).group_by(CASE).agg(pl.col("again").sum())
    )
    of_case = sums.group_by(CASE).agg(
        pl.len().cast(pl.Int64).alias("sums"), _count(pl.col("round")).alias("round")
    )
    return of_case.join(alike.rename({"again": "alike"}), on=CASE, how="left")


def _credits(signed: pl.DataFrame) -> pl.DataFrame:
    """Distinct baskets that were bought soon after a credit, and those that cost just what was credited."""
    baskets = (
        signed.filter("after_credit")
        .group_by(_INTERVAL)
        .agg(
            pl.col("goods").fill_null("").sort().str.join("|"),
            pl.col("price").sum(),
            pl.col("fits_credit").first(),
        )
        .group_by(*CASE, "goods", "price")
        .agg(pl.col("fits_credit").max())
    )
    return baskets.group_by(CASE).agg(
        pl.len().cast(pl.Int64).alias("credits"), _count(pl.col("fits_credit")).alias("fits")
    )
