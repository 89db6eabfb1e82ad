"""How many alerts a list holds, and how much their evidence is worth.

A total counts each settlement once, however many alerts cite it: the sum over the alerts, less what `SharedEvidence`
says is counted more than once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from detection.store.queries.filters import SUSPICION, Filters, where
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, SharedEvidence


@dataclass(frozen=True)
class Totals:
    """How many alerts, and the money of their evidence with each settlement once (fen)."""

    alerts: int
    pool: int
    account: int


def totals_apart(reader: Reader, filters: Filters) -> dict[str, Totals]:
    """Totals of a list by what must not be added: `SUSPICION`, ``agency`` and ``data``, without those that it lacks.

    Errors of agencies and defects of the data are no suspicion of people or institutions, and are counted apart.
    """
    if filters.list != "all":
        return {filters.list: totals(reader, filters)}
    parts = {name: totals(reader, replace(filters, list=name)) for name in (SUSPICION, "agency", "data")}
    return {name: part for name, part in parts.items() if part.alerts} or {SUSPICION: Totals(0, 0, 0)}


def count(reader: Reader, filters: Filters) -> int:
    """Number of alerts."""
    query = select(func.count()).select_from(Alert).where(where(reader.directory, filters))
    return reader.session.scalar(query) or 0


def totals(reader: Reader, filters: Filters) -> Totals:
    """Number and money of the alerts of a list; money counts each settlement once, however many alerts cite it."""
    return _totals(reader, where(reader.directory, filters))


def totals_of(reader: Reader, alert_ids: Sequence[str]) -> Totals:
    """Number and money of some alerts; money counts each settlement once."""
    return _totals(reader, Alert.alert_id.in_(alert_ids))


def _totals(reader: Reader, condition: ColumnElement[bool]) -> Totals:
    of_alerts = select(func.count(), func.sum(Alert.pool_at_issue), func.sum(Alert.account_at_issue))
    many, pool, account = reader.session.execute(of_alerts.where(condition)).one()
    if not many:
        return Totals(0, 0, 0)
    twice_pool, twice_account = reader.session.execute(_double_counted_amounts(condition)).one()
    return Totals(many, pool - (twice_pool or 0), account - (twice_account or 0))


def _double_counted_amounts(condition: ColumnElement[bool]) -> Select[Any]:
    """Money that the sum over the alerts counts more than once."""
    shared = SharedEvidence
    of_settlement = (
        select(
            (func.sum(shared.pool) - func.max(shared.pool)).label("pool"),
            (func.sum(shared.account) - func.max(shared.account)).label("account"),
        )
        .where(shared.alert_id.in_(select(Alert.alert_id).where(condition)))
        .group_by(shared.settlement_id)
        .subquery()
    )
    return select(func.sum(of_settlement.c.pool), func.sum(of_settlement.c.account))
