"""Figures of a period that reports print: alerts by status, money by alert, what agencies owe, what was spent."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select

from detection.alerts.draft import NO_MONEY, Money
from detection.store.queries.filters import Filters, where
from detection.store.queries.reader import Reader
from detection.store.queries.totals import DAY_OF_RECORD, DAY_OF_SETTLEMENT, in_period
from detection.store.schema import Alert, Evidence, MonthlySpend, RecordEvidence


@dataclass(frozen=True)
class Owed:
    """What errors of a detector of agencies came to, before the two sides are set off (fen, none below zero).

    Attributes:
        detector: its name.
        alerts: how many.
        to_fund: what the insured or institutions received too much.
        to_insured: what they received too little.
    """

    detector: str
    alerts: int
    to_fund: Money
    to_insured: Money


def by_status(reader: Reader, filters: Filters) -> dict[str, int]:
    """Number of alerts by status."""
    query = select(Alert.status, func.count()).where(where(reader.directory, filters)).group_by(Alert.status)
    return dict(reader.session.execute(query).all())


def money_by_alert(reader: Reader, filters: Filters) -> dict[str, Money]:
    """Money of the rows behind each alert whose day lies in the filters' period, by alert."""
    sums: dict[str, Money] = defaultdict(lambda: NO_MONEY)
    for query in _rows(reader, filters, Alert.alert_id):
        for alert_id, pool, account in reader.session.execute(query):
            before = sums[alert_id]
            sums[alert_id] = Money(before.pool + pool, before.account + account)
    return dict(sums)


def owed(reader: Reader, filters: Filters) -> tuple[Owed, ...]:
    """What the alerts of agencies state, by detector: what is owed to the fund and to the insured, apart.

    A row above zero was paid or credited too much, a row below zero too little. The most money comes first.
    """
    count = select(Alert.detector, func.count()).where(where(reader.directory, filters))
    alerts = dict(reader.session.execute(count.group_by(Alert.detector)).all())
    parts: Counter[tuple[str, bool, str]] = Counter()
    for query in _rows(reader, filters, Alert.detector, signed=True):
        for detector, *sides in reader.session.execute(query):
            for (above, fund), fen in zip(_SIDES, sides, strict=True):
                parts[detector, above, fund] += fen or 0

    def side(detector: str, above: bool) -> Money:
        return Money(*(abs(parts[detector, above, fund]) for fund in ("pool", "account")))

    rows = [Owed(name, many, side(name, True), side(name, False)) for name, many in alerts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.to_fund.amount - row.to_insured.amount, row.detector)))


def spend(reader: Reader, first_month: str, last_month: str) -> Money:
    """What the data say was paid in some months (``2024-04`` to ``2024-06``), net of reversals."""
    month = MonthlySpend
    query = select(func.sum(month.pool), func.sum(month.account))
    pool, account = reader.session.execute(query.where(month.month.between(first_month, last_month))).one()
    return Money(pool or 0, account or 0)


_SIDES = tuple((above, fund) for above in (True, False) for fund in ("pool", "account"))
"""Whether above zero, and of which fund: the sums of `_rows` with signs."""


def _rows(reader: Reader, filters: Filters, by: Any, *, signed: bool = False) -> list[Select[Any]]:
    """Sums of settlements and of records behind alerts, whose day lies in the period."""
    condition = where(reader.directory, filters)
    queries = []
    for rows, day in ((Evidence, DAY_OF_SETTLEMENT), (RecordEvidence, DAY_OF_RECORD)):
        funds = {"pool": rows.pool, "account": rows.account}
        columns = (
            [
                func.sum(case(((fen > 0) if above else (fen < 0), fen), else_=0))
                for above, fen in ((above, funds[fund]) for above, fund in _SIDES)
            ]
            if signed
            else [func.sum(fen) for fen in funds.values()]
        )
        joined = select(by, *columns).join(rows, rows.alert_id == Alert.alert_id)
        queries.append(joined.where(condition, in_period(day, filters)).group_by(by))
    return queries
