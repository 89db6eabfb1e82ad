"""A personal account emptied at one pharmacy as no purchase of drugs looks (D10).

Signs of a purchase: it leaves nothing on the account, it spends just what was credited, it is one of many within
days, soon after the credit, in a round amount, of the same amount as others, by the same one of several
operators. Buying the same drug every month is lawful and shows some of them. So a month counts only with several, one
of which is telling: a price does not fit the balance or the credit to the cent, and few people buy every day.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from features.engine import materialize
from features.money import FEN_PER_YUAN
from features.registry import Frame
from features.windows import n_within

_CASE = ["owner_id", "provider_id"]
_MONTH = [*_CASE, "settled_month"]
_TELLING = ("drained", "fits_credit", "burst")
_SIGNS = (*_TELLING, "after_credit", "round", "alike", "same_operator")


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Purchases of an owner's account at a pharmacy in the months that count; a row for each sign that they show.

    A case has several such months, or one with a burst.
    """
    purchases = materialize(_account_only(context, thresholds))  # looked up many times from here on
    signed = materialize(_with_signs(_known(context, purchases), thresholds))
    signs_in_months = signed.join(_months_that_count(signed, thresholds), on=_MONTH, how="semi")
    rows = nw.concat(
        [signs_in_months.filter(nw.col(sign)).with_columns(cause=nw.lit(sign)) for sign in _SIGNS]
    )
    return rows.select(
        "settlement_id",
        *_CASE,
        "cause",
        nw.col("owner_id").alias("subject_id"),
        strength=nw.len().over(*_CASE).cast(nw.Float64),
    )


def _months_that_count(signed: Frame, thresholds: StatisticalThresholds) -> Frame:
    """Months with signs enough, one of them telling, where an owner has several of them at a pharmacy, or a burst."""
    months = signed.group_by(_MONTH).agg(nw.col(*_SIGNS).cast(nw.Int64).max())
    counted = months.filter(
        nw.sum_horizontal(*_SIGNS) >= int(thresholds.latest("min_signs")), nw.max_horizontal(*_TELLING) == 1
    )
    several = nw.len().over(*_CASE) >= int(thresholds.latest("min_months"))
    return counted.filter(several | (nw.col("burst").max().over(*_CASE) == 1)).select(_MONTH)


def _account_only(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Purchases that one account paid to the fen, of accounts that pay at the pharmacy often enough to be a case.

    Columns: settlement_id, owner_id, provider_id, settled_month, day, operator_id, amount, own_balance.
    """
    aid = nw.col("mutual_aid_paid").fill_null(0)
    paid = context.assessable.settlements.filter(
        nw.col("care_type") == "pharmacy",
        nw.col("total_amount") > 0,
        nw.col("account_paid") + aid == nw.col("total_amount"),
        (nw.col("account_paid") == 0) | (aid == 0),
    ).select(
        "settlement_id",
        "provider_id",
        "settled_month",
        "operator_id",
        nw.col("settled_day").alias("day"),
        nw.col("total_amount").alias("amount"),
        owner_id=nw.when(aid > 0).then(nw.col("mutual_aid_payer_id")).otherwise(nw.col("person_id")),
        own_balance=nw.when(aid == 0).then(nw.col("account_balance_after")),
    )
    least = min(int(thresholds.latest("min_months")), int(thresholds.latest("burst")))
    often = paid.filter(~nw.col("owner_id").is_null(), nw.len().over(*_CASE) >= least)
    net = context.views["net_settlements"].select("settlement_id", nw.col("total_amount").alias("amount"))
    return often.join(net, on=["settlement_id", "amount"], how="semi")


def _known(context: DetectorContext, paid: Frame) -> Frame:
    """The purchases with what is known of their account and their operator."""
    credited = materialize(_with_credits(context, paid))  # each step reads the one before it more than once
    return materialize(_with_operators(context, materialize(_with_balances(context, credited))))


def _with_signs(known: Frame, thresholds: StatisticalThresholds) -> Frame:
    limit = {name: int(thresholds.latest(name)) for name in thresholds.values}
    soon = nw.col("day") - nw.col("credited_day") <= limit["soon_days"]
    spent = nw.when(soon).then(nw.col("amount")).otherwise(nw.lit(0)).sum().over(*_CASE, "credited_day")
    left = nw.col("balance").min().over(*_MONTH)
    available = (nw.col("balance") + nw.col("amount")).max().over(*_MONTH)
    by_chance = (nw.col("usual") / nw.col("at_place")) ** nw.col("bought")
    off_credit = (spent - nw.col("credited")).abs()
    signed = known.with_columns(yuan=nw.col("amount") // FEN_PER_YUAN).with_columns(
        drained=left * 100 <= available * limit["left_percent"],
        fits_credit=soon & (off_credit * 100 <= nw.col("credited") * limit["fit_percent"]),
        after_credit=soon,
        round=nw.col("amount") % 10 ** limit["zeros"] == 0,
        alike=nw.len().over(*_CASE, "yuan") >= limit["alike"],
        same_operator=(nw.col("served") == nw.col("bought")) & (by_chance * 100 <= limit["chance_percent"]),
    )
    chosen = signed.with_columns(chosen=nw.col("round") | nw.col("alike"))
    return chosen.with_columns(burst=_is_burst(limit["burst"], limit["burst_days"])).with_columns(
        nw.col(*_SIGNS).fill_null(False)
    )


def _is_burst(n: int, days: int) -> nw.Expr:
    """Whether a purchase is one of ``n`` of its case within some days, all of amounts that look chosen."""
    order = ["day", "settlement_id"]
    return n_within(n, days, day="day", over=[*_CASE, "chosen"], order_by=order) & nw.col("chosen")


def _with_credits(context: DetectorContext, paid: Frame) -> Frame:
    """The purchases with the day and the amount of the last monthly credit before them, or of the same day."""
    credits_of: pl.LazyFrame = (
        context.assessable.account_entries.filter(nw.col("entry_kind") == "monthly_credit")
        .select("amount", owner_id=nw.col("account_id"), credited_day=nw.col("posted_day"))
        .join(paid.select("owner_id").unique(), on="owner_id", how="semi")
        .group_by("owner_id", "credited_day")
        .agg(credited=nw.col("amount").sum())
        .to_native()
    )
    purchases: pl.LazyFrame = paid.to_native()
    return nw.from_native(
        purchases.sort("day").join_asof(
            credits_of.sort("credited_day"),
            left_on="day",
            right_on="credited_day",
            by="owner_id",
            strategy="backward",
            coalesce=False,
            check_sortedness=False,
        )
    )


def _with_balances(context: DetectorContext, paid: Frame) -> Frame:
    """The purchases with ``balance``, what they left on the account: a relative's purchase, from the ledger."""
    if not context.whole.has("settlements", "account_balance_after"):
        return paid.with_columns(balance=nw.lit(None).cast(nw.Int64))
    of_both = ["settlement_id", "owner_id"]
    entered = (
        context.assessable.account_entries.filter(~nw.col("settlement_id").is_null())
        .select("settlement_id", nw.col("account_id").alias("owner_id"), "balance_after")
        .join(paid.select(of_both), on=of_both, how="semi")
        .group_by(of_both)
        .agg(entered=nw.col("balance_after").min())
    )
    return paid.join(entered, on=of_both, how="left").with_columns(
        balance=nw.coalesce("own_balance", "entered")
    )


def _with_operators(context: DetectorContext, paid: Frame) -> Frame:
    """The purchases with how many the case has, how many of them their operator served, and of all at the pharmacy."""
    places = paid.select("provider_id").unique()
    usual = (
        context.assessable.settlements.select("provider_id", "operator_id")
        .join(places, on="provider_id", how="semi")
        .group_by("provider_id", "operator_id")
        .agg(usual=nw.len().cast(nw.Int64))
        .with_columns(at_place=nw.col("usual").sum().over("provider_id"))
    )
    return paid.join(usual, on=["provider_id", "operator_id"], how="left").with_columns(
        served=nw.len().over(*_CASE, "operator_id").cast(nw.Int64),
        bought=nw.len().over(*_CASE).cast(nw.Int64),
    )
