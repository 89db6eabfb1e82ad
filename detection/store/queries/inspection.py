"""Inspection plan: "Where do we go with the days that we have?" Alerts bundled by institution, masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select

from detection.alerts.explanation import EVIDENCE
from detection.alerts.inspection import Item, plan
from detection.alerts.inspection_card import inspection_card
from detection.detectors.cards import MONEY_KINDS, MoneyKind
from detection.store.queries.filters import Filters, where
from detection.store.queries.home import INSTITUTION_QUEUE
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals
from detection.store.schema import Alert, Evidence, Institution, RecordEvidence


@dataclass(frozen=True)
class Stop:
    """An institution of the plan.

    Attributes:
        provider: pseudonym.
        alerts: ids, sorted.
        detectors: of the alerts, with how many each has, the most first.
        rows: settlements and records behind them, each once.
        totals: number of alerts, and their money, within a kind each row once in the whole plan.
        expected_fen: certainty times money at issue or in question.
        days: inspection days that it needs; ``days_so_far`` with those before it, None where it is not planned.
    """

    provider: str
    name: str
    kind: str
    level: str
    district: str
    alerts: tuple[str, ...]
    detectors: tuple[tuple[str, int], ...]
    rows: int
    totals: Totals
    expected_fen: int
    days: int
    days_so_far: int | None


@dataclass(frozen=True)
class InspectionPlan:
    """Institutions to go to, and those for which no days are left, each in order."""

    days: int
    stops: tuple[Stop, ...]
    left_out: tuple[Stop, ...]


def inspection_plan(reader: Reader, days: int) -> InspectionPlan:
    """Open alerts about institutions, bundled, for so many inspection days.

    Alerts about an insured person that merely point to where most of it happened are left out.
    """
    condition = where(reader.directory, Filters(queue=INSTITUTION_QUEUE))
    query = select(Alert.alert_id, Alert.provider_id, Alert.detector, Alert.figures, Alert.money_kind)
    alerts = reader.session.execute(query.where(condition, Alert.provider_id.is_not(None))).all()
    cited = {
        row.alert_id: _Cited(
            str(row.provider_id), float(row.figures.get(EVIDENCE) or 0.0), cast("MoneyKind", row.money_kind)
        )
        for row in alerts
    }
    detectors = {row.alert_id: str(row.detector) for row in alerts}
    day = dt.date.fromisoformat(reader.current_run().as_of[:10])
    bundles = plan(_items(reader, cited), days, inspection_card(), day)
    known = {each.provider_id: each for each in reader.session.scalars(select(Institution))}
    planned: list[Stop] = []
    left_out: list[Stop] = []
    so_far = 0
    for bundle in bundles:
        so_far += bundle.days if bundle.planned else 0
        institution = known.get(bundle.institution)
        stop = Stop(
            reader.identity("provider", bundle.institution),
            reader.name("provider", bundle.institution),
            institution.kind if institution else "",
            institution.level if institution else "",
            institution.district if institution else "",
            bundle.alerts,
            _counts([detectors[alert] for alert in bundle.alerts]),
            bundle.rows,
            Totals(len(bundle.alerts), *(bundle.money[kind] for kind in MONEY_KINDS)),
            bundle.expected_fen,
            bundle.days,
            so_far if bundle.planned else None,
        )
        (planned if bundle.planned else left_out).append(stop)
    return InspectionPlan(days, tuple(planned), tuple(left_out))


@dataclass(frozen=True)
class _Cited:
    """What an alert says about the rows that it cites."""

    institution: str
    evidence: float
    kind: MoneyKind

    def item(self, key: str, alert_id: str, pool: int, account: int) -> Item:
        return Item(key, alert_id, self.institution, self.evidence, self.kind, pool, account)


def _items(reader: Reader, cited: dict[str, _Cited]) -> Iterator[Item]:
    """Settlements and records of the alerts."""
    of_settlements = select(Evidence.alert_id, Evidence.settlement_id, Evidence.pool, Evidence.account)
    for alert, settlement, pool, account in reader.session.execute(of_settlements):
        if alert in cited:
            yield cited[alert].item(f"settlements:{settlement}", alert, pool, account)
    row = RecordEvidence
    of_records = select(row.alert_id, row.record_table, row.record_id, row.pool, row.account)
    for alert, table, record, pool, account in reader.session.execute(of_records):
        if alert in cited:
            yield cited[alert].item(f"{table}:{record}", alert, pool, account)


def _counts(names: list[str]) -> tuple[tuple[str, int], ...]:
    counts = {name: names.count(name) for name in names}
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
