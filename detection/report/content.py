"""What a report says, as figures: gathered through the read door, from one consistent state of the store.

An alert belongs to a period when its evidence overlaps it, as in the list of alerts filtered by the same two days:
every figure about alerts is the count or the total of such a list. Money counts each settlement once, so that the rows
of a table may add up to more than its total; what they share is said in a row of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from detection.detectors.catalogue import catalogue
from detection.report.indicators import IndicatorLine, indicator_lines
from detection.report.period import ReportPeriod
from detection.store.queries.data import Intake, Judged, intake, matrix
from detection.store.queries.filters import Filters, Totals, totals, where
from detection.store.queries.home import InstitutionRow, worst_institutions
from detection.store.queries.reader import Reader
from detection.store.run_manifest import PolicyRecord, manifest_of
from detection.store.schema import Alert, Run
from features.errors import UsageError

INSTITUTIONS = 10
GROUPS = ("suspicion", "agency", "data")
"""Lists of alerts that a report keeps apart: people and institutions, agency errors, data defects."""


@dataclass(frozen=True)
class Share:
    """One row of a table of alerts: what it is about, and the totals of the list with the same filters."""

    key: str
    totals: Totals


@dataclass(frozen=True)
class Group:
    """The alerts of one list of `GROUPS`: all of them, by detector, and by district ("" where there is none)."""

    name: str
    totals: Totals
    by_detector: tuple[Share, ...]
    by_district: tuple[Share, ...]

    def counted_again(self, rows: Sequence[Share]) -> tuple[int, int]:
        """Fen of the pool and of accounts that several rows cite: the rows' sum less the total."""
        pool, account = (sum(getattr(one.totals, fund) for one in rows) for fund in ("pool", "account"))
        return pool - self.totals.pool, account - self.totals.account


@dataclass(frozen=True)
class Cell:
    """Number of alerts of a detector in a district."""

    detector: str
    district: str
    alerts: int


@dataclass(frozen=True)
class Content:
    """Everything a report says.

    Attributes:
        period: what it is about.
        run: the run that readers see.
        covered_days: days of the period between the first and the last day of the data.
        groups: the lists of `GROUPS`, in that order.
        cells: alerts by detector and district, of all groups.
        institutions: the first to look at, of the period's alerts.
        indicators: of all screens, in their order.
        intake: what was read, and what of it could be used.
        limited: detectors that could not look at everything, and why.
        detectors: how many there are.
    """

    period: ReportPeriod
    run: Run
    covered_days: int
    groups: tuple[Group, ...]
    cells: tuple[Cell, ...]
    institutions: tuple[InstitutionRow, ...]
    indicators: tuple[IndicatorLine, ...]
    intake: Intake
    limited: tuple[Judged, ...]
    detectors: int

    @property
    def policy(self) -> PolicyRecord:
        """The policy that the run applied."""
        return manifest_of(self.run).policy


def gather(reader: Reader, period: ReportPeriod) -> Content:
    """The content of a report on the run that readers see.

    Raises:
        StoreError: no run has finished yet.
        UsageError: the data have no day of the period.
    """
    run = reader.current_run()
    asked = Filters(start=period.start.isoformat(), end=period.end.isoformat())
    judged = matrix(reader)
    return Content(
        period=period,
        run=run,
        covered_days=_covered(period, run),
        groups=tuple(_group(reader, name, asked) for name in GROUPS),
        cells=tuple(_cells(reader, asked)),
        institutions=worst_institutions(reader, INSTITUTIONS, start=asked.start, end=asked.end),
        indicators=indicator_lines(reader, period),
        intake=intake(manifest_of(run)),
        limited=tuple(one for one in judged if one.status != "available"),
        detectors=len(judged),
    )


def _covered(period: ReportPeriod, run: Run) -> int:
    first = dt.date.fromisoformat((run.first_day or run.as_of)[:10])
    last = dt.date.fromisoformat((run.last_day or run.as_of)[:10])
    days = (min(last, period.end) - max(first, period.start)).days + 1
    if days <= 0:
        raise UsageError(
            f"The data have no day of {period.name}.",
            where=f"they reach from {first} to {last}",
            next_step=f"ask for a period inside them, for example {last.year}-Q{(last.month - 1) // 3 + 1}",
        )
    return days


def _group(reader: Reader, name: str, asked: Filters) -> Group:
    own = replace(asked, list=name)
    order = {detector: place for place, detector in enumerate(catalogue())}
    return Group(
        name,
        totals(reader, own),
        tuple(
            Share(one, totals(reader, replace(own, detector=one)))
            for one in sorted(
                _values(reader, Alert.detector, own), key=lambda one: order.get(one, len(order))
            )
        ),
        tuple(_districts(reader, own)),
    )


def _districts(reader: Reader, own: Filters) -> Iterable[Share]:
    """Totals by district; what has none is what is left of the whole."""
    for one in _values(reader, Alert.district, own):
        yield Share(one, totals(reader, replace(own, district=one)))
    nowhere = totals(reader, replace(own, district="none"))
    if nowhere.alerts:
        yield Share("", nowhere)


def _values(reader: Reader, column: Any, own: Filters) -> list[str]:
    found = reader.session.scalars(select(column).where(where(reader, own)).distinct())
    return sorted(one for one in found if one)


def _cells(reader: Reader, asked: Filters) -> Iterable[Cell]:
    query = select(Alert.detector, Alert.district, func.count()).where(where(reader, asked))
    found = reader.session.execute(query.group_by(Alert.detector, Alert.district)).all()
    for detector, district, alerts in sorted(found, key=lambda one: (one[0], one[1] or "")):
        yield Cell(detector, district or "", alerts)
