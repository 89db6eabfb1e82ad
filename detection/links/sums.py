"""Amounts of a settlement that do not add up at everybody's: a month was sent wrongly, by no single institution."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import narwhals.stable.v2 as nw
import polars as pl

from detection.links.gaps import Span
from detection.links.limits import LIMITS
from detection.links.link import Break, Part
from features.calendar import EPOCH
from features.contract.vocabulary import COST_COLUMNS, PAYER_COLUMNS
from features.engine import collect
from features.tables import Tables

_KINDS = (
    (COST_COLUMNS, "parts by scope", "目录内外各项之和"),
    (PAYER_COLUMNS, "payments", "各方支付之和"),
)


def settlement_sums(tables: Tables, span: Span) -> Iterator[Break]:
    """The parts of a large share of all settlements are not their total, on the whole or in single months."""
    del span
    yield from _deductibles(tables)
    for columns, en, zh in _KINDS:
        if not tables.has("settlements", *columns):
            continue
        off = (nw.col("total_amount") - nw.sum_horizontal(*columns)).abs() > LIMITS.whole("sums_slack_fen")
        marked = collect(tables.settlements.select("service_day", *columns, off=off))
        n, of = int(marked["off"].sum() or 0), marked.height
        if n >= LIMITS.whole("ledger_least") and n * 100 >= of * LIMITS.number("sums_percent"):
            yield Break(f"settlement_sums {en}", _reason((n, of), en, zh, columns))
            continue
        if other_units := list(_other_units(marked, columns, en, zh)):
            yield from other_units
            continue
        by_month = (
            marked.with_columns(month=pl.from_epoch("service_day", time_unit="d").dt.truncate("1mo"))
            .group_by("month")
            .agg(n=pl.col("off").sum(), of=pl.len())
            .filter(
                pl.col("n") >= LIMITS.whole("ledger_least"),
                pl.col("n") * 100 >= pl.col("of") * LIMITS.number("sums_percent"),
            )
            .sort("month")
        )
        for month, n, of in by_month.iter_rows():
            yield _break(month, (n, of), en, zh)


def _deductibles(tables: Tables) -> Iterator[Break]:
    """Deductibles larger than the cost that they are a part of."""
    if not tables.has("settlements", "deductible_paid", "in_scope_amount"):
        return
    paid, scope = nw.col("deductible_paid"), nw.col("in_scope_amount")
    rows = tables.settlements.filter(paid > 0, scope > 0)
    beyond = (paid > scope).cast(nw.Int64).sum()
    n, of = collect(rows.select(n=beyond, of=nw.len().cast(nw.Int64))).row(0)
    if (n or 0) >= LIMITS.whole("unit_least") and n * 100 >= of * LIMITS.number("unit_percent"):
        yield Break(
            "settlement_sums deductible_paid",
            (
                f"settlements.deductible_paid is more than in_scope_amount in {n:,} of {of:,} settlements: "
                "one of the two is in another unit",
                f"{of:,} 笔结算中有 {n:,} 笔 settlements.deductible_paid 大于 in_scope_amount：其中一列的单位有误",
            ),
        )


def _other_units(marked: pl.DataFrame, columns: Sequence[str], en: str, zh: str) -> Iterator[Break]:
    """Parts with which the sum fails wherever they are not zero: they are in another unit, or contain another part."""
    for column in columns:
        filled = marked.filter(pl.col(column) != 0)
        n, of = int(filled["off"].sum() or 0), filled.height
        if n >= LIMITS.whole("unit_least") and n * 100 >= of * LIMITS.number("unit_percent"):
            yield Break(
                f"settlement_sums {column}",
                (
                    f"settlements.{column}: where it is not zero, the {en} are not total_amount in {n:,} of {of:,} "
                    "settlements: it is in another unit, or contains another part",
                    f"settlements.{column} 不为零的 {of:,} 笔结算中有 {n:,} 笔{zh}与总额（total_amount）不符："
                    "单位有误，或包含另一部分",
                ),
            )


def _reason(counts: tuple[int, int], en: str, zh: str, columns: Sequence[str]) -> tuple[str, str]:
    n, of = counts
    names = ", ".join(columns)
    return (
        f"{en} ({names}) are not settlements.total_amount in {n:,} of {of:,} settlements: "
        "a column is in another unit, or missing",
        f"{of:,} 笔结算中有 {n:,} 笔{zh}（{names}）与总额（settlements.total_amount）不符：某列单位有误或缺失",
    )


def _break(month: dt.date, counts: tuple[int, int], en: str, zh: str) -> Break:
    n, of = counts
    margin = LIMITS.whole("sums_margin_days")  # care of the days before is settled in the month
    following = (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return Break(
        f"settlement_sums {en} {month:%Y-%m}",
        (
            f"{en} are not the total in {n:,} of {of:,} settlements of {month:%Y-%m} ({{n}} rows): "
            "a fault of the transmission",
            f"{month:%Y-%m} 的 {of:,} 笔结算中有 {n:,} 笔{zh}与总额不符（{{n}} 行）：属传输问题",
        ),
        Part("provider", None, (month - EPOCH).days - margin, (following - EPOCH).days - 1),
    )
