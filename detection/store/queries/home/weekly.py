"""Money of the open alerts by the week in which it was settled, so that a chart of it can fall as well as rise."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import polars as pl

from detection.alerts.draft import Money
from detection.detectors.cards import MoneyKind
from detection.store.queries.filters import SUSPICION, Filters
from detection.store.queries.home.figures import HEADLINES
from detection.store.queries.reader import Reader
from detection.store.queries.totals import money_of

_WEEKS = 26


@dataclass(frozen=True)
class WeekOfMoney:
    """Money of one kind that was settled in the week of a Monday (ISO day)."""

    week: str
    kind: MoneyKind
    money: Money


def weekly(reader: Reader) -> tuple[WeekOfMoney, ...]:
    """Every week of the last half year of the data; see `HEADLINES` for the kinds, `figures` for the alerts."""
    run = reader.current_run()
    last = dt.date.fromisoformat((run.last_day or run.as_of)[:10])
    weeks = [last - dt.timedelta(days=last.weekday(), weeks=number) for number in reversed(range(_WEEKS))]
    pool: Counter[tuple[str, str]] = Counter()
    account: Counter[tuple[str, str]] = Counter()
    for kind in HEADLINES:
        listed = Filters(list=SUSPICION, money_kind=kind, start=weeks[0].isoformat())
        sums = money_of(reader, listed).group_by("day").agg(pl.col("pool", "account").sum())
        for text, of_pool, of_account in sums.iter_rows():
            day = dt.date.fromisoformat(text)
            key = (day - dt.timedelta(days=day.weekday())).isoformat(), kind
            pool[key] += of_pool
            account[key] += of_account
    return tuple(
        WeekOfMoney(week, kind, Money(pool[week, kind], account[week, kind]))
        for week in (day.isoformat() for day in weeks)
        for kind in HEADLINES
    )
