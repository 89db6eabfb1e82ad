"""Goods that a personal account may not pay for, bought on accounts (D28, seed statement A18)."""

from __future__ import annotations

import narwhals as nw

from detection.cards import Lines
from detection.facts import Facts
from features.account.in_force import listed
from features.registry import Frame

_PAID = ("pool_paid", "other_fund_paid", "account_paid", "mutual_aid_paid", "provider_borne")


def hits(facts: Facts, line: Lines) -> Frame:
    """Settlements in which an account must have paid for prohibited goods: more of them than was paid in cash.

    At issue is the least that accounts can have paid for them. What was reversed is left out.
    """
    del line
    bought = facts.settlements.join(
        facts.views["net_settlements"].select("settlement_id"), on="settlement_id", how="semi"
    ).with_columns(
        from_accounts=nw.sum_horizontal("account_paid", "mutual_aid_paid"),
        in_cash=nw.col("total_amount") - nw.sum_horizontal(*_PAID),
    )
    paid = bought.filter(nw.col("from_accounts") > 0).select(
        "settlement_id", "provider_id", "service_day", "from_accounts", "in_cash"
    )
    prohibited = listed(
        facts.policy, "account_use.prohibited_items", nw.col("item_kind"), nw.col("service_day")
    )
    sums = (
        facts.charge_lines.select("settlement_id", "item_kind", "amount")
        .join(paid, on="settlement_id", how="inner")
        .filter(prohibited)
        .group_by("settlement_id", "provider_id", "from_accounts", "in_cash")
        .agg(nw.col("amount").sum())
    )
    at_issue = nw.min_horizontal("from_accounts", nw.col("amount") - nw.col("in_cash"))
    return (
        sums.with_columns(account=at_issue)
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
