"""Money that two tables state: settlements and their lines, settlements and the ledger, contributions and credits."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from detection.links.gaps import Span
from detection.links.link import Break
from detection.links.units import AmountNames, other_unit
from features.calendar import month_of_time
from features.engine import collect
from features.tables import Tables

_SETTLED = ["settlement_id", "provider_id", "settled_day"]


def lines_unit(tables: Tables, span: Span) -> Iterator[Break]:
    """Totals of settlements against the sums of their lines."""
    del span
    if not tables.has("charge_lines", "settlement_id", "amount"):
        return
    names = AmountNames(
        "lines_unit", "settlements.total_amount", "结算总额", "charge_lines.amount", "费用明细金额"
    )
    sums = tables.charge_lines.group_by("settlement_id").agg(right=nw.col("amount").sum())
    pairs = (
        tables.settlements.select(*_SETTLED, "settled_month", left="total_amount")
        .join(sums, on="settlement_id", how="inner")
        .filter(nw.col("left") > 0, nw.col("right") > 0)
        .select("left", "right", "provider_id", day="settled_day", month="settled_month")
    )
    yield from other_unit(collect(pairs), names)


def ledger_unit(tables: Tables, span: Span) -> Iterator[Break]:
    """What settlements took from accounts against the entries that name them."""
    del span
    if not tables.has("account_entries", "settlement_id", "amount"):
        return
    names = AmountNames(
        "ledger_unit",
        "settlements.account_paid",
        "结算个账支付额",
        "account_entries.amount",
        "个人账户流水金额",
    )
    debits = (
        tables.account_entries.filter(nw.col("amount") < 0, ~nw.col("settlement_id").is_null())
        .group_by("settlement_id", "account_id")
        .agg(right=0 - nw.col("amount").sum())
    )
    pairs = (
        tables.settlements.select(*_SETTLED, "settled_month", account_id="person_id", left="account_paid")
        .join(debits, on=["settlement_id", "account_id"], how="inner")
        .filter(nw.col("left") > 0, nw.col("right") > 0)
        .select("left", "right", "provider_id", day="settled_day", month="settled_month")
    )
    yield from other_unit(collect(pairs), names)


def contribution_unit(tables: Tables, span: Span) -> Iterator[Break]:
    """What contributions put into accounts against the credits of the month."""
    del span
    if not tables.has("contributions", "person_into_account") or not tables.has("account_entries", "amount"):
        return
    names = AmountNames(
        "contribution_unit",
        "contributions.person_into_account",
        "个人缴费划入额",
        "account_entries.amount",
        "个人账户流水金额",
    )
    month = nw.coalesce("accrual_month_index", month_of_time("posted_at"))
    credited = (
        tables.account_entries.filter(nw.col("entry_kind") == "monthly_credit", nw.col("amount") > 0)
        .with_columns(month=month)
        .group_by("account_id", "month")
        .agg(right=nw.col("amount").sum(), day=nw.col("posted_day").min())
    )
    pairs = (
        tables.contributions.select(
            account_id="person_id", month="accrual_month_index", left="person_into_account"
        )
        .join(credited, on=["account_id", "month"], how="inner")
        .filter(nw.col("left") > 0)
        .select("left", "right", "day", "month", provider_id=nw.lit(None, dtype=nw.String))
    )
    yield from other_unit(collect(pairs), names)


def settlement_unit(tables: Tables, span: Span) -> Iterator[Break]:
    """Settlements in another unit than every other table that states the same money."""
    by_lines, by_ledger = list(lines_unit(tables, span)), list(ledger_unit(tables, span))
    with_lines = tables.has("charge_lines", "settlement_id", "amount")
    with_ledger = tables.has("account_entries", "settlement_id", "amount")
    if with_lines and with_ledger and not (by_lines and by_ledger):
        return
    yield from by_lines or by_ledger
