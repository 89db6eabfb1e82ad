"""Links between settlements and the tables that name them: whether they are all there, and of the same days."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw
import polars as pl

from detection.links.gaps import Span
from detection.links.keys import too_many
from detection.links.limits import LIMITS, day_is_broken
from detection.links.link import Break, Part
from features.calendar import date_of
from features.engine import collect
from features.registry import Frame
from features.tables import Tables


def settlement_rows(tables: Tables, span: Span) -> Iterator[Break]:
    """Settlements that the ledger, or else the lines, name and that are not there.

    Null: both tables are of the same settlements. What is priced by what was paid before, as deductibles and caps are,
    cannot be priced where some of it is lost.
    """
    named = _named(tables, span)
    if named is None:
        return
    table, keys = named
    known = tables.settlements.select(key="settlement_id", known=nw.lit(True)).unique()
    matched = collect(keys.join(known, on="key", how="left"))
    n, of = matched["known"].null_count(), matched.height
    if too_many(n, of):
        yield Break(
            "settlement_rows",
            (
                f"settlements.settlement_id: {n:,} of {of:,} settlements that {table} names are not there: "
                "rows of settlements are lost, or keys differ",
                f"结算表（settlements.settlement_id）：{table} 所列 {of:,} 笔结算中缺 {n:,} 笔："
                "结算记录丢失，或主键写法不一致",
            ),
        )
    elif table == "account_entries":
        yield from _lost_days(tables, span)


def _lost_days(tables: Tables, span: Span) -> Iterator[Break]:
    """Days of which most settlements that the ledger debits are not there: a transmission of the day was lost."""
    inside = nw.col("posted_day").is_between(span.first, span.last)
    debits = tables.account_entries.filter(
        inside, ~nw.col("settlement_id").is_null(), nw.col("amount") < 0
    ).select("posted_day", "settlement_id")
    known = tables.settlements.select("settlement_id", known=nw.lit(True)).unique()
    matched = collect(debits.unique().join(known, on="settlement_id", how="left"))
    by_day = matched.group_by("posted_day").agg(n=pl.col("known").null_count(), of=pl.len())
    for day, n, of in by_day.sort("posted_day").iter_rows():
        if day_is_broken(n, of):
            yield Break(
                f"settlement_rows {day}",
                (
                    f"settlements.settlement_id: {n:,} of {of:,} settlements that account_entries names on "
                    f"{date_of(day)} ({{n}} rows) are not there: rows of settlements are lost",
                    f"结算表（settlements.settlement_id）：account_entries 于 {date_of(day)} 所列 "
                    f"{of:,} 笔结算中缺 {n:,} 笔（{{n}} 行）：结算记录丢失",
                ),
                Part("payer", None, day, day),
            )


def ledger_days(tables: Tables, span: Span) -> Iterator[Break]:
    """Payments that were posted on other days than they were made: one of the two tables has its days shifted."""
    del span
    if not tables.has("account_entries", "settlement_id", "posted_at"):
        return
    entries = tables.account_entries.filter(~nw.col("settlement_id").is_null(), nw.col("amount") < 0)
    pairs = collect(
        entries.select("settlement_id", "posted_day")
        .unique()
        .join(tables.settlements.select("settlement_id", "settled_day"), on="settlement_id", how="inner")
    )
    apart = pl.col("posted_day") - pl.col("settled_day")
    marked = pairs.with_columns(
        off=apart.abs() > LIMITS.whole("payments_wait_days"),
        month=pl.from_epoch("settled_day", time_unit="d").dt.truncate("1mo"),
    )
    if _beyond(int(marked["off"].sum()), marked.height):
        yield _days_break(marked, "", "", None)
        return
    for (month,), rows in sorted(marked.group_by("month"), key=lambda each: each[0]):
        if _beyond(int(rows["off"].sum()), rows.height):
            days = rows["settled_day"].sort()
            part = Part("person", None, int(days[0]), int(days[-1]))
            yield _days_break(rows, f" of {month:%Y-%m} ({{n}} rows)", f"（{month:%Y-%m}，{{n}} 行）", part)


def _named(tables: Tables, span: Span) -> tuple[str, Frame] | None:
    """A table that names settlements, and those of the days of the claims where it has days; None without one."""
    if tables.has("account_entries", "settlement_id"):
        inside = nw.col("posted_day").is_between(span.first, span.last)
        keys = tables.account_entries.filter(inside, ~nw.col("settlement_id").is_null())
        return "account_entries", keys.select(key="settlement_id").unique()
    if tables.has("charge_lines", "settlement_id"):
        return "charge_lines", tables.charge_lines.select(key="settlement_id").unique()
    return None


def _days_break(rows: pl.DataFrame, where: str, where_zh: str, part: Part | None) -> Break:
    n, of = int(rows["off"].sum()), rows.height
    off = rows.filter("off")
    days = int((off["posted_day"] - off["settled_day"]).sort()[off.height // 2])
    return Break(
        "ledger_days" if part is None else f"ledger_days {part.first_day}",
        (
            f"settlements.settled_at and account_entries.posted_at of the same payment differ in {n:,} of {of:,} "
            f"payments{where}, by {days:,} days in the middle: the days of one of the two tables are shifted",
            f"同一笔支付的 settlements.settled_at 与 account_entries.posted_at 在 {of:,} 笔中有 {n:,} 笔不符"
            f"{where_zh}，中位相差 {days:,} 天：其中一表的日期有偏移",
        ),
        part,
    )


def _beyond(n: int, of: int) -> bool:
    return n >= LIMITS.whole("ledger_least") and n * 100 > of * LIMITS.number("days_percent")
