"""How many alerts a list holds, and how much money of each kind they are about.

Money of different kinds is never added (docs/screens.md, "Money"). Within one kind a total counts each settlement and
each record once, however many alerts cite it: the sum over the alerts, less what `SharedEvidence` says is counted more
than once.

Where the filters name a period, an alert counts when its evidence overlaps the period, and its money is that of the
settlements and records whose own day lies in it. So the money of four quarters is that of their year, while one alert
may count in several of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl
from sqlalchemy import ColumnElement, Executable, and_, func, select

from detection.alerts.draft import NO_MONEY, Money
from detection.detectors.cards import MONEY_KINDS, MoneyKind
from detection.store.engines.sql import first
from detection.store.queries.cited import cited_rows
from detection.store.queries.filters import SUSPICION, Filters, where
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Evidence, RecordEvidence, SharedEvidence


@dataclass(frozen=True)
class Totals:
    """How many alerts, and their money by kind (`MONEY_KINDS`), within a kind each settlement and record once."""

    alerts: int = 0
    at_issue: Money = NO_MONEY
    in_question: Money = NO_MONEY
    context: Money = NO_MONEY

    def of(self, kind: MoneyKind) -> Money:
        """The money of one kind."""
        by_kind: dict[MoneyKind, Money] = {
            "at_issue": self.at_issue,
            "in_question": self.in_question,
            "context": self.context,
        }
        return by_kind[kind]

    @property
    def kinds(self) -> tuple[MoneyKind, ...]:
        """The kinds of which there is any money."""
        return tuple(kind for kind in MONEY_KINDS if self.of(kind) != NO_MONEY)


def totals_apart(reader: Reader, filters: Filters) -> dict[str, Totals]:
    """Totals of a list by what must not be added: `SUSPICION`, ``agency`` and ``data``, without those that it lacks.

    Errors of agencies and defects of the data are no suspicion of people or institutions, and are counted apart.
    """
    if filters.list != "all":
        return {filters.list: totals(reader, filters)}
    parts = {name: totals(reader, replace(filters, list=name)) for name in (SUSPICION, "agency", "data")}
    return {name: part for name, part in parts.items() if part.alerts} or {SUSPICION: Totals()}


def count(reader: Reader, filters: Filters) -> int:
    """Number of alerts."""
    query = select(func.count()).select_from(Alert).where(where(reader.directory, filters))
    return reader.session.scalar(query) or 0


def totals(reader: Reader, filters: Filters) -> Totals:
    """Number and money of the alerts of a list, the money that of the filters' period alone where they name one."""
    condition = where(reader.directory, filters)
    if not (filters.start or filters.end):
        return _totals(reader, condition)
    rows = _each_once(cited_rows(reader, filters), "kind", "key")
    sums = rows.group_by("kind").agg(pl.col(FUNDS).sum())
    by_kind = {kind: (pool, account) for kind, pool, account in sums.iter_rows()}
    return _of_sums(count(reader, filters), by_kind)


def totals_of(reader: Reader, alert_ids: Sequence[str]) -> Totals:
    """Number and money of some alerts."""
    return _totals(reader, Alert.alert_id.in_(alert_ids))


def money_of(reader: Reader, filters: Filters) -> pl.DataFrame:
    """``day``, ``pool`` and ``account`` of the settlements and records behind a list, each once.

    Args:
        reader: the reading.
        filters: which alerts, of one kind of money; with a period, the rows of its days alone.
    """
    return _each_once(cited_rows(reader, filters), "key").select("day", *FUNDS)


def _each_once(rows: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Each settlement and each record once, though several alerts cite it."""
    return rows.group_by(by).agg(pl.col("day", *FUNDS).max())


FUNDS = ("pool", "account")
DAY_OF_SETTLEMENT: ColumnElement[str] = first(Evidence.settled_at, 10)
DAY_OF_RECORD: ColumnElement[str] = RecordEvidence.record_day.expression
_Sums = dict[str, tuple[int, int]]
"""Fen of the pool and of accounts by kind."""


def _totals(reader: Reader, condition: ColumnElement[bool]) -> Totals:
    money = func.sum(Alert.pool_at_issue), func.sum(Alert.account_at_issue)
    query = select(Alert.money_kind, func.count(), *money).where(condition).group_by(Alert.money_kind)
    rows = reader.session.execute(query).all()
    return _of_sums(
        sum(many for _, many, _, _ in rows),
        {kind: (pool, account) for kind, _, pool, account in rows},
        _added(reader, _counted_again(condition), -1),
    )


def _of_sums(alerts: int, *parts: _Sums) -> Totals:
    def money(kind: MoneyKind) -> Money:
        sums = [part.get(kind, (0, 0)) for part in parts]
        return Money(sum(pool for pool, _ in sums), sum(account for _, account in sums))

    return Totals(alerts, *map(money, MONEY_KINDS))


def in_period(day: ColumnElement[str], filters: Filters) -> ColumnElement[bool]:
    """Whether a day lies in the filters' period; always where they name none."""
    limits = ([day >= filters.start] if filters.start else []) + ([day <= filters.end] if filters.end else [])
    return and_(True, *limits)


def _counted_again(alerts: ColumnElement[bool]) -> Executable:
    """Kind, pool and account that the sum over the alerts of a kind counts more than once."""
    shared = SharedEvidence
    of_row = (
        select(
            Alert.money_kind.label("kind"),
            (func.sum(shared.pool) - func.max(shared.pool)).label("pool"),
            (func.sum(shared.account) - func.max(shared.account)).label("account"),
        )
        .join(shared, shared.alert_id == Alert.alert_id)
        .where(alerts)
        .group_by(Alert.money_kind, shared.settlement_id)
        .subquery()
    )
    money = func.sum(of_row.c.pool), func.sum(of_row.c.account)
    return select(of_row.c.kind, *money).group_by(of_row.c.kind)


def _added(reader: Reader, query: Executable, sign: int) -> _Sums:
    """The sums of a query with kind, pool and account, or what is to be taken off."""
    rows = reader.session.execute(query)
    return {kind: (sign * (pool or 0), sign * (account or 0)) for kind, pool, account in rows}
