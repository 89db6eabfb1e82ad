"""Goods that a personal account may not pay for, bought on accounts (D28, seed statement A18)."""

from __future__ import annotations

import narwhals as nw

from detection.cards import Lines
from detection.circumstances.few import few
from detection.facts import Facts
from features.account.in_force import listed
from features.registry import Frame

_PAID = ("pool_paid", "other_fund_paid", "account_paid", "mutual_aid_paid", "provider_borne")


def hits(facts: Facts, line: Lines) -> Frame:
    """Settlements in which an account must have paid for prohibited goods: more of them than was paid in cash.

    At issue is the least that accounts can have paid for them. What was reversed is left out, also of a settlement
    that was reversed in part; a part of which nobody says what was returned may have been these goods.
    """
    del line
    bought = _by_payer(facts.settlements).join(
        facts.views["net_settlements"].select("settlement_id"), on="settlement_id", how="semi"
    )
    paid = bought.filter(nw.col("from_accounts") > 0).select(
        "settlement_id", "provider_id", "service_day", "from_accounts", "in_cash"
    )
    sums = few(
        facts.charge_lines.select("settlement_id", "item_kind", "amount")
        .join(paid, on="settlement_id", how="inner")
        .filter(_prohibited(facts))
        .group_by("settlement_id", "provider_id", "service_day", "from_accounts", "in_cash")
        .agg(goods=nw.col("amount").sum())
    )
    left = sums.join(_returned(sums, facts), on="settlement_id", how="left").select(
        "settlement_id",
        "provider_id",
        *(
            (nw.col(name) + nw.col(f"{name}_back").fill_null(0)).alias(name)
            for name in ("from_accounts", "in_cash", "goods")
        ),
    )
    at_issue = nw.min_horizontal("from_accounts", nw.col("goods") - nw.col("in_cash"))
    return (
        left.with_columns(account=at_issue)
        .filter(nw.col("account") > 0)
        .select(
            "settlement_id",
            "provider_id",
            "account",
            subject_id=nw.col("provider_id"),
            cause=nw.lit("prohibited_item"),
            pool=nw.lit(0, dtype=nw.Int64),
        )
    )


def _by_payer(settlements: Frame) -> Frame:
    return settlements.with_columns(
        from_accounts=nw.sum_horizontal("account_paid", "mutual_aid_paid"),
        in_cash=nw.col("total_amount") - nw.sum_horizontal(*_PAID),
    )


def _prohibited(facts: Facts) -> nw.Expr:
    kind, day = nw.col("item_kind"), nw.col("service_day")
    return listed(facts.policy, "account_use.prohibited_items", kind, day)


def _returned(sums: Frame, facts: Facts) -> Frame:
    """What reversals took back of these few settlements, below zero: from_accounts_back, in_cash_back, goods_back."""
    back = few(
        _by_payer(facts.views.tables.settlements)
        .select(
            "from_accounts",
            "in_cash",
            total="total_amount",
            reversal="settlement_id",
            settlement_id="reverses_settlement_id",
        )
        .join(sums.select("settlement_id", "service_day"), on="settlement_id", how="inner")
    )
    lines = (
        facts.charge_lines.select("item_kind", "amount", reversal="settlement_id")
        .join(back.select("reversal", "service_day"), on="reversal", how="inner")
        .with_columns(goods=nw.when(_prohibited(facts)).then(nw.col("amount")).otherwise(nw.lit(0)))
        .group_by("reversal")
        .agg(goods=nw.col("goods").sum(), told=nw.col("amount").sum())
    )
    unsaid = nw.col("total") - nw.col("told").fill_null(0)
    return (
        back.join(lines, on="reversal", how="left")
        .with_columns(goods=nw.col("goods").fill_null(0) + nw.min_horizontal(unsaid, nw.lit(0)))
        .group_by("settlement_id")
        .agg(
            from_accounts_back=nw.col("from_accounts").sum(),
            in_cash_back=nw.col("in_cash").sum(),
            goods_back=nw.col("goods").sum(),
        )
    )
