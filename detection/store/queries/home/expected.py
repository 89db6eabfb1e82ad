"""Money that a visit may recover, by institution: the certainty of an alert times its money, each row once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from detection.alerts.explanation import EVIDENCE
from detection.store.engines.sql import Greatest, Least
from detection.store.queries.filters import Filters, where
from detection.store.queries.reader import Reader
from detection.store.queries.totals import DAY_OF_RECORD, DAY_OF_SETTLEMENT, in_period
from detection.store.schema import Alert, Evidence, RecordEvidence
from models.evidence.unit import ALERT, MOST

_CERTAINTY = Least(Greatest(func.coalesce(Alert.figures[EVIDENCE].as_float(), 0.0), ALERT), MOST) / MOST
"""As `detection.alerts.inspection.Item.certainty`."""


def expected_by_institution(reader: Reader, filters: Filters) -> dict[str, float]:
    """Fen that the alerts of a list may recover, by id of the institution.

    Each settlement or record counts once for an institution, at the alert that is surest of most of it. All spending
    of a subject is no money to recover. With a period, the rows of its days alone.
    """
    condition = and_(
        where(reader.directory, filters), Alert.money_kind != "context", Alert.provider_id.is_not(None)
    )
    settlements = and_(condition, in_period(DAY_OF_SETTLEMENT, filters))
    records = and_(condition, in_period(DAY_OF_RECORD, filters))
    expected: Counter[str] = Counter()
    for query in (
        _best(Evidence, settlements, Evidence.settlement_id),
        _best(RecordEvidence, records, RecordEvidence.record_table, RecordEvidence.record_id),
    ):
        for provider, fen in reader.session.execute(query):
            expected[provider] += fen
    return dict(expected)


def _best(rows: type[Evidence | RecordEvidence], condition: ColumnElement[bool], *keys: Any) -> Select[Any]:
    fen = func.abs(rows.pool + rows.account) * _CERTAINTY
    each = (
        select(Alert.provider_id.label("provider"), func.max(fen).label("fen"))
        .join(rows, rows.alert_id == Alert.alert_id)
        .where(condition)
        .group_by(Alert.provider_id, *keys)
        .subquery()
    )
    return select(each.c.provider, func.sum(each.c.fen)).group_by(each.c.provider)
