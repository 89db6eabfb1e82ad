"""Inspection plan: "Where do we go with the days that we have?" Alerts bundled by institution, masked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from sqlalchemy import select

from detection.alerts.inspection import plan
from detection.alerts.inspection_card import inspection_card
from detection.detectors.cards import MONEY_KINDS
from detection.store.queries.cited import cited, cited_rows
from detection.store.queries.filters import Filters
from detection.store.queries.home import INSTITUTION_QUEUE
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals
from detection.store.schema import Institution


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
    every = cited(reader)
    rows = cited_rows(reader, Filters(queue=INSTITUTION_QUEUE)).filter(pl.col("institution").is_not_null())
    ids, detectors = every.alerts["alert_id"], every.alerts["detector"]
    day = dt.date.fromisoformat(reader.current_run().as_of[:10])
    bundles = plan(rows, days, inspection_card(), day)
    known = {each.provider_id: each for each in reader.session.scalars(select(Institution))}
    planned: list[Stop] = []
    left_out: list[Stop] = []
    so_far = 0
    for bundle in bundles:
        so_far += bundle.days if bundle.planned else 0
        provider = every.institutions[bundle.institution]
        institution = known.get(provider)
        stop = Stop(
            reader.identity("provider", provider),
            reader.name("provider", provider),
            institution.kind if institution else "",
            institution.level if institution else "",
            institution.district if institution else "",
            tuple(ids[alert] for alert in bundle.alerts),
            _counts(detectors[alert] for alert in bundle.alerts),
            bundle.rows,
            Totals(len(bundle.alerts), *(bundle.money[kind] for kind in MONEY_KINDS)),
            bundle.expected_fen,
            bundle.days,
            so_far if bundle.planned else None,
        )
        (planned if bundle.planned else left_out).append(stop)
    return InspectionPlan(days, tuple(planned), tuple(left_out))


def _counts(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda each: (-each[1], each[0])))
