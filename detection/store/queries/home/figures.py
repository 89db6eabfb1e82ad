"""The figures at the top of the first screen: what the run raised, what changed, and money by kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import polars as pl
from sqlalchemy import func, select

from detection.detectors.cards import MoneyKind
from detection.store.engines.sql import first
from detection.store.queries.filters import SUSPICION, Filters, where
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, count, money_of, totals
from detection.store.schema import Alert
from features.calendar import month_index, month_text

MONTHS = 12
HEADLINES: tuple[MoneyKind, ...] = ("at_issue", "in_question")
"""Kinds of money that a headline may name; all spending of a subject says nothing about misuse."""


@dataclass(frozen=True)
class Figure:
    """A headline, and its last twelve months for the small line; the filters open the list behind it.

    Attributes:
        name: ``new`` or ``changed`` for alerts of the current run; a kind of `HEADLINES` for money of open alerts.
        totals: of the list.
        still_open: how many of the alerts are open.
        months: alerts by month of their last evidence; fen of pool and accounts by month of the settlements.
        filters: of the list.
    """

    name: str
    totals: Totals
    still_open: int
    months: tuple[int, ...]
    filters: Filters


def figures(reader: Reader) -> tuple[Figure, ...]:
    """New, changed, at issue, in question: of institutions and the insured alone.

    What is new or changed is what the run found, whatever somebody did to it since: the figures do not fall when an
    alert is dismissed. Money is that of open alerts.
    """
    changes = (Filters(list=SUSPICION, change=change, status="") for change in ("new", "changed"))
    kinds = (Filters(list=SUSPICION, money_kind=kind) for kind in HEADLINES)
    return (
        *(_figure(reader, each.change, each, _alerts_by_month(reader, each)) for each in changes),
        *(_figure(reader, each.money_kind, each, _money_by_month(reader, each)) for each in kinds),
    )


def _figure(reader: Reader, name: str, filters: Filters, months: tuple[int, ...]) -> Figure:
    still_open = count(reader, replace(filters, status="open"))
    return Figure(name, totals(reader, filters), still_open, months, filters)


def _last_months(reader: Reader) -> list[str]:
    run = reader.current_run()
    last = month_index(dt.date.fromisoformat((run.last_day or run.as_of)[:10]))
    return [month_text(index) for index in range(last - MONTHS + 1, last + 1)]


def _alerts_by_month(reader: Reader, filters: Filters) -> tuple[int, ...]:
    month = first(Alert.period_end, 7)
    query = select(month, func.count()).where(where(reader.directory, filters)).group_by(month)
    counts: dict[str, int] = dict(reader.session.execute(query).all())
    return tuple(counts.get(name, 0) for name in _last_months(reader))


def _money_by_month(reader: Reader, filters: Filters) -> tuple[int, ...]:
    month = pl.col("day").str.slice(0, 7).alias("month")
    sums = money_of(reader, filters).group_by(month).agg((pl.col("pool") + pl.col("account")).sum())
    fen = dict(sums.iter_rows())
    return tuple(fen.get(name, 0) for name in _last_months(reader))
