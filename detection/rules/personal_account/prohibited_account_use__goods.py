"""Goods that a personal account may not pay for, bought on accounts (D28, seed statements A14 and A18).

Evidence is a settlement with more such goods than were paid in cash, so that an account must have paid for some. The
same goods bought for cash are lawful, and so is what was taken back. The kind of an item without one only the
pharmacy can tell.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.detectors.reach import of_settlement
from features.contract.vocabulary import ACCOUNT_COLUMNS, PAYER_COLUMNS, PHARMACY, UNKNOWN
from features.engine import materialize
from features.registry import Frame

_PAID = tuple(name for name in PAYER_COLUMNS if name != "cash_paid")
_SETTLEMENT = ("settlement_id", "provider_id", "service_day", "care_type")
_GOODS = ("prohibited", "not_listed", "kind_not_said")
"""Goods that an account may not pay for, that it may not at a pharmacy, and at a pharmacy those of no kind."""

reach = of_settlement("charge_lines")


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Settlements in which an account must have paid for such goods: more of them than was paid in cash.

    Prohibited goods, and at a pharmacy those of a kind that is not on its list; where no kind is recorded, only the
    pharmacy can tell. At issue is the least that accounts can have paid for them. What was reversed is left out, also
    of a settlement that was reversed in part; a part whose goods are not recorded may have been these.
    """
    del thresholds
    bought = _by_payer(context.assessable.settlements.filter(~_without_payer(context))).join(
        context.views["net_settlements"].select("settlement_id"), on="settlement_id", how="semi"
    )
    paid = bought.filter(nw.col("from_accounts") > 0).select(*_SETTLEMENT, "from_accounts", "in_cash")
    sums = materialize(
        context.whole.charge_lines.select("settlement_id", "item_kind", "amount")
        .join(paid, on="settlement_id", how="inner")
        .with_columns(*_by_list(context))
        .filter(nw.any_horizontal(*(nw.col(name) != 0 for name in _GOODS), ignore_nulls=True))
        .group_by(*_SETTLEMENT, "from_accounts", "in_cash")
        .agg(nw.col(*_GOODS).sum())
    )
    left = sums.join(_returned(sums, context), on="settlement_id", how="left").select(
        "settlement_id",
        "provider_id",
        *(
            (nw.col(name) + nw.col(f"{name}_back").fill_null(0)).alias(name)
            for name in ("from_accounts", "in_cash", *_GOODS)
        ),
        in_doubt=nw.col("in_doubt").fill_null(0),
    )
    beyond_cash = nw.col("in_doubt") - nw.col("in_cash")
    named = nw.col("prohibited") + nw.col("not_listed")
    cause = (
        nw.when(nw.col("prohibited") + beyond_cash > 0)
        .then(nw.lit("prohibited_item"))
        .when(named + beyond_cash > 0)
        .then(nw.lit("not_a_pharmacy_item"))
        .when((nw.col("kind_not_said") > 0) & (named + nw.col("kind_not_said") + beyond_cash > 0))
        .then(nw.lit("kind_not_said"))
    )
    return (
        left.with_columns(cause=cause)
        .filter(~nw.col("cause").is_null(), nw.col("from_accounts") > 0)
        .select(
            "settlement_id",
            "provider_id",
            "cause",
            account=nw.min_horizontal("from_accounts", named + beyond_cash),
            subject_id=nw.col("provider_id"),
            pool=nw.lit(0, dtype=nw.Int64),
        )
    )


def _without_payer(context: DetectorContext) -> nw.Expr:
    """Whether mutual aid has no payer: a defect of the data: whose money it was is not known."""
    aided = nw.col("mutual_aid_paid").fill_null(0) != 0
    return (
        aided
        & nw.col("mutual_aid_payer_id").is_null()
        & context.whole.has("settlements", "mutual_aid_payer_id")
    )


def _by_payer(settlements: Frame) -> Frame:
    return settlements.with_columns(
        from_accounts=nw.sum_horizontal(*ACCOUNT_COLUMNS),
        in_cash=nw.col("total_amount") - nw.sum_horizontal(*_PAID),
    )


def _by_list(context: DetectorContext) -> list[nw.Expr]:
    """The amount of a line, under what the lists of the day say of its kind; 0 elsewhere. Columns `_GOODS`."""
    day, pharmacy = nw.col("service_day"), nw.col("care_type") == PHARMACY
    kind = nw.when(nw.col("item_kind") != UNKNOWN).then(nw.col("item_kind"))
    prohibited = context.policy.listed("account_use.prohibited_items", kind, day).fill_null(False)
    unlisted = ~context.policy.listed("account_use.pharmacy_items", kind, day)
    met = (prohibited, pharmacy & ~prohibited & unlisted, pharmacy & kind.is_null())
    return [
        nw.when(each).then(nw.col("amount")).otherwise(nw.lit(0)).alias(name)
        for name, each in zip(_GOODS, met, strict=True)
    ]


def _returned(sums: Frame, context: DetectorContext) -> Frame:
    """What reversals took back of these few settlements, below zero: columns ``<amount>_back``, and in_doubt.

    ``in_doubt`` was returned, and its goods are not recorded.
    """
    back = materialize(
        _by_payer(context.whole.settlements)
        .select(
            "from_accounts",
            "in_cash",
            total="total_amount",
            reversal="settlement_id",
            settlement_id="reverses_settlement_id",
        )
        .join(sums.select("settlement_id", "service_day", "care_type"), on="settlement_id", how="inner")
    )
    charges = (
        context.whole.charge_lines.select("item_kind", "amount", reversal="settlement_id")
        .join(back.select("reversal", "service_day", "care_type"), on="reversal", how="inner")
        .with_columns(*_by_list(context))
        .group_by("reversal")
        .agg(nw.col(*_GOODS).sum(), stated=nw.col("amount").sum())
    )
    unsaid = nw.col("total") - nw.col("stated").fill_null(0)
    return (
        back.join(charges, on="reversal", how="left")
        .with_columns(nw.col(*_GOODS).fill_null(0), in_doubt=nw.min_horizontal(unsaid, nw.lit(0)))
        .group_by("settlement_id")
        .agg(
            nw.col("in_doubt").sum(),
            *(nw.col(name).sum().alias(f"{name}_back") for name in ("from_accounts", "in_cash", *_GOODS)),
        )
    )
