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
    for columns, en, zh in _KINDS:
        if not tables.has("settlements", *columns):
            continue
        off = (nw.col("total_amount") - nw.sum_horizontal(*columns)).abs() > LIMITS.whole("sums_slack_fen")
        marked = collect(tables.settlements.select("service_day", off=off))
        n, of = int(marked["off"].sum() or 0), marked.height
        if n >= LIMITS.whole("ledger_least") and n * 100 >= of * LIMITS.number("sums_percent"):
            yield Break(f"settlement_sums {en}", _reason((n, of), en, zh, columns))
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
