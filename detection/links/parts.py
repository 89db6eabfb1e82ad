"""Money that a table states twice, or that two tables state alike: a break says which column is in another unit.

No detector rests on these columns alone; what rests on their sums has links of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from detection.links.gaps import Span
from detection.links.keys import too_many
from detection.links.limits import LIMITS
from detection.links.link import Break
from detection.links.units import AmountNames, other_unit
from features.calendar import month_of_time
from features.engine import collect
from features.registry import Frame
from features.tables import Tables

_FEN = 100_000_000
"""Ten-thousandths of a quantity times millionths of a yuan in one fen."""


def price_unit(tables: Tables, span: Span) -> Iterator[Break]:
    """Amounts of lines against quantity times price."""
    del span
    if not tables.has("charge_lines", "amount", "quantity", "unit_price"):
        return
    names = AmountNames(
        "price_unit", "charge_lines.amount", "明细金额", "charge_lines.quantity × unit_price", "数量乘单价"
    )
    priced = nw.col("quantity") * nw.col("unit_price") // _FEN
    yield from _compared(tables.charge_lines.select(left="amount", right=priced), names)


def scope_unit(tables: Tables, span: Span) -> Iterator[Break]:
    """Costs in scope of settlements against those of their lines."""
    del span
    if not tables.has("charge_lines", "settlement_id", "in_scope_amount") or not tables.has(
        "settlements", "in_scope_amount"
    ):
        return
    names = AmountNames(
        "scope_unit",
        "settlements.in_scope_amount",
        "结算目录内费用",
        "charge_lines.in_scope_amount",
        "明细目录内费用",
    )
    sums = tables.charge_lines.group_by("settlement_id").agg(right=nw.col("in_scope_amount").sum())
    pairs = tables.settlements.select("settlement_id", left="in_scope_amount")
    yield from _compared(pairs.join(sums, on="settlement_id", how="inner"), names)


def balance_unit(tables: Tables, span: Span) -> Iterator[Break]:
    """Balances after a settlement against those of the ledger."""
    del span
    if not tables.has("account_entries", "settlement_id", "balance_after") or not tables.has(
        "settlements", "account_balance_after"
    ):
        return
    names = AmountNames(
        "balance_unit",
        "settlements.account_balance_after",
        "结算后账户余额",
        "account_entries.balance_after",
        "流水余额",
    )
    posted = tables.account_entries.select("settlement_id", person_id="account_id", right="balance_after")
    pairs = tables.settlements.select("settlement_id", "person_id", left="account_balance_after")
    yield from _compared(pairs.join(posted, on=["settlement_id", "person_id"], how="inner"), names)


def deductible_unit(tables: Tables, span: Span) -> Iterator[Break]:
    """Deductibles against the cost in scope where the pooled fund paid nothing: the deductible is then all of it."""
    del span
    if not tables.has("settlements", "deductible_paid", "in_scope_amount", "pool_paid"):
        return
    names = AmountNames(
        "deductible_unit",
        "settlements.in_scope_amount",
        "结算目录内费用",
        "settlements.deductible_paid",
        "结算起付金额",
    )
    unpaid = tables.settlements.filter(nw.col("pool_paid") == 0)
    yield from _compared(unpaid.select(left="in_scope_amount", right="deductible_paid"), names)


def base_share(tables: Tables, span: Span) -> Iterator[Break]:
    """What contributions put into accounts as a share of their base, which no fund makes so small or so large."""
    del span
    for column in ("person_into_account", "employer_into_account"):
        if not tables.has("contributions", "contribution_base", column):
            continue
        given, base = nw.col(column), nw.col("contribution_base")
        least, most = LIMITS.number("base_share_least"), LIMITS.number("base_share_most")
        outside = (given * 100 < base * least) | (given * 100 > base * most)
        rows = tables.contributions.filter(given > 0, base > 0)
        n, of = collect(rows.select(n=outside.cast(nw.Int64).sum(), of=nw.len().cast(nw.Int64))).row(0)
        if (n or 0) >= LIMITS.whole("unit_least") and n * 100 >= of * LIMITS.number("unit_percent"):
            yield Break(
                f"base_share {column}",
                (
                    f"contributions.{column} is less than {least} % or more than {most:g} % of contribution_base in "
                    f"{n:,} of {of:,} rows: one of the two is in another unit",
                    f"contributions.{column} 在 {of:,} 行中有 {n:,} 行低于缴费基数（contribution_base）的 {least} % "
                    f"或高于 {most:g} %：其中一列的单位有误",
                ),
            )


def contribution_rows(tables: Tables, span: Span) -> Iterator[Break]:
    """Months with a credit and without a contribution, of accounts that have contributions of other months."""
    del span
    if not tables.has("contributions", "accrual_month") or not tables.has("account_entries", "entry_kind"):
        return
    paid = tables.contributions.select(account_id="person_id", month="accrual_month_index")
    credited = (
        tables.account_entries.filter(nw.col("entry_kind") == "monthly_credit", nw.col("amount") > 0)
        .select("account_id", month=nw.coalesce("accrual_month_index", month_of_time("posted_at")))
        .unique()
        .join(paid.select("account_id").unique(), on="account_id", how="semi")
    )
    known = paid.unique().with_columns(known=nw.lit(True))
    pairs = collect(credited.join(known, on=["account_id", "month"], how="left"))
    n, of = pairs["known"].null_count(), pairs.height
    if too_many(n, of):
        yield Break(
            "contribution_rows",
            (
                f"contributions.accrual_month: {n:,} of {of:,} months with a credit have no row: rows are lost, or "
                "months are written otherwise",
                f"缴费表（contributions.accrual_month）：{of:,} 个有划入的月份中有 {n:,} 个无缴费记录："
                "记录丢失，或月份口径不一致",
            ),
        )


def _compared(pairs: Frame, names: AmountNames) -> Iterator[Break]:
    both = pairs.filter(nw.col("left") > 0, nw.col("right") > 0).select(
        "left",
        "right",
        day=nw.lit(0),
        month=nw.lit(None, dtype=nw.Int32),
        provider_id=nw.lit(None, dtype=nw.String),
    )
    yield from other_unit(collect(both), names)
