"""Ledgers as a whole: whether balances go on from entry to entry, and whether settlements are in them."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw
import polars as pl

from detection.links.gaps import Span
from detection.links.keys import KeyNames, unmatched
from detection.links.limits import LIMITS, day_is_broken
from detection.links.link import Break, Part
from features.account.ledger import with_previous_balance
from features.account.posted import common_days, compared_sums
from features.calendar import date_of
from features.engine import collect
from features.tables import Tables


def balances(tables: Tables, span: Span) -> Iterator[Break]:
    """Entries whose balance does not go on from the one before: where they are many, entries are missing."""
    del span
    if not tables.has("account_entries", "balance_after"):
        return
    off = (nw.col("balance_after") - nw.col("amount") != nw.col("before")).cast(nw.Int64)
    chained = with_previous_balance(tables.account_entries)
    n, of = collect(chained.select(off=off.sum(), of=nw.col("before").count().cast(nw.Int64))).row(0)
    if _beyond(n or 0, of, "balance_percent"):
        yield Break(
            "ledger_balance",
            (
                f"balances do not go on in {n:,} of {of:,} ledger entries: entries are missing, or their order is",
                f"{of:,} 条流水中有 {n:,} 条余额不连续：流水缺失，或顺序有误",
            ),
        )


def payments(tables: Tables, span: Span) -> Iterator[Break]:
    """Payments from accounts that the ledger lacks or states otherwise: as a whole, else in single months."""
    del span
    if not tables.has("account_entries", "settlement_id", "amount") or not _names_settlements(tables):
        return
    names = KeyNames("ledger_payments", "payer", "account_entries", "个人账户流水", "accounts", "个账户")
    for each in unmatched(_paying(tables), names):
        if each.part is None:
            yield each
            return
    first, last = common_days(tables.account_entries, tables.settlements)
    wait = LIMITS.whole("payments_wait_days")
    sums = collect(compared_sums(tables.account_entries, tables.settlements, (first, last), tables.unread))
    inside = sums.filter("comparable", pl.col("settled_day").is_between(first, last - wait))
    marked = inside.select(
        off=(pl.col("paid").fill_null(0) + pl.col("posted").fill_null(0)) != 0,
        day="settled_day",
        month=pl.from_epoch("settled_day", time_unit="d").dt.truncate("1mo"),
    )
    n, of = int(marked["off"].sum()), marked.height
    if _beyond(n, of, "payments_percent"):
        yield Break("ledger_payments", _reason(n, of, "", ""))
        return
    by_month = marked.group_by("month").agg(n=pl.col("off").sum(), of=pl.len()).sort("month")
    broken = []
    for month, n, of in by_month.iter_rows():
        if _beyond(n, of, "payments_percent"):
            broken.append(month)
            days = pl.Series([month]).dt.month_end().item()
            start, end = (day.toordinal() - date_of(0).toordinal() for day in (month, days))
            yield _part(n, of, f"{month:%Y-%m}", (start, end))
    by_day = marked.filter(~pl.col("month").is_in(broken)).group_by("day")
    for day, n, of in by_day.agg(n=pl.col("off").sum(), of=pl.len()).sort("day").iter_rows():
        if day_is_broken(n, of):
            yield _part(n, of, f"{date_of(day)}", (day, day))


def _part(n: int, of: int, when: str, days: tuple[int, int]) -> Break:
    """The break of the payments of some days."""
    reason = _reason(n, of, f" of {when} ({{n}} rows)", f"（{when}，{{n}} 行）")
    return Break(f"ledger_payments {days[0]}", reason, Part("payer", None, *days))


def _paying(tables: Tables) -> pl.DataFrame:
    """Accounts that settlements were paid from, with ``matched``: whether the ledger has an entry of theirs."""
    known = tables.account_entries.select(key="account_id", matched=nw.lit(True)).unique()
    own = tables.settlements.filter(nw.col("account_paid") > 0).select(key="person_id").unique()
    joined = own.join(known, on="key", how="left").with_columns(matched=nw.col("matched").fill_null(False))
    return collect(joined).sort("key")


def _reason(n: int, of: int, where: str, where_zh: str) -> tuple[str, str]:
    return (
        f"the ledger lacks, or states otherwise, {n:,} of {of:,} payments from accounts{where}: "
        "a fault of the transmission",
        f"{of:,} 笔个人账户支付中有 {n:,} 笔未入账或金额不符{where_zh}：属传输问题",
    )


def _beyond(n: int, of: int, limit: str) -> bool:
    return n >= LIMITS.whole("ledger_least") and n * 100 > of * LIMITS.number(limit)


def _names_settlements(tables: Tables) -> bool:
    return bool(collect(tables.account_entries.select(nw.col("settlement_id").count())).item())
