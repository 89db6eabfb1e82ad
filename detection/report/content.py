"""The figures of a report, from one consistent state of the store.

An alert belongs to a period when its evidence overlaps it, as in the list of alerts filtered by the same two days:
every figure about alerts is the count or the total of such a list. Money counts each settlement once, so that the rows
of a table may add up to more than its total; what they share is a row of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detection.detectors.catalogue import catalogue
from detection.report.indicators import IndicatorLine, indicator_lines
from detection.report.period import ReportPeriod
from detection.store.queries.breakdown import Cell, Share, by_detector, by_district, cells
from detection.store.queries.data import Coverage, Intake, intake, matrix
from detection.store.queries.filters import Filters
from detection.store.queries.home import InstitutionRow, worst_institutions
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, totals
from detection.store.run_manifest import PolicyRecord
from detection.store.schema import Run
from features.errors import UsageError
from features.message import Message

INSTITUTIONS = 10
GROUPS = ("suspicion", "agency", "data")
"""Lists of alerts that a report keeps apart: people and institutions, agency errors, data defects."""


@dataclass(frozen=True)
class Group:
    """The alerts of one list of `GROUPS`: all of them, by detector, and by district ("" where there is none)."""

    name: str
    totals: Totals
    by_detector: tuple[Share, ...]
    by_district: tuple[Share, ...]

    def counted_again(self, rows: Sequence[Share]) -> tuple[int, int]:
        """Fen of the pool and of accounts that several rows cite: the rows' sum less the total."""
        pool, account = (
            sum(getattr(row.totals.at_issue, fund) for row in rows) for fund in ("pool", "account")
        )
        return pool - self.totals.at_issue.pool, account - self.totals.at_issue.account


@dataclass(frozen=True)
class Content:
    """The content of a report.

    Attributes:
        period: what it is about.
        run: the run that readers see.
        policy: the policy that it used.
        covered_days: days of the period between the first and the last day of the data.
        groups: the lists of `GROUPS`, in that order.
        cells: alerts by detector and district, of all groups.
        institutions: the first to look at, of the period's alerts.
        indicators: of all screens, in their order.
        intake: what was read, and what of it could be used.
        limited: detectors that could not assess everything, and why.
        detectors: how many there are.
    """

    period: ReportPeriod
    run: Run
    policy: PolicyRecord
    covered_days: int
    groups: tuple[Group, ...]
    cells: tuple[Cell, ...]
    institutions: tuple[InstitutionRow, ...]
    indicators: tuple[IndicatorLine, ...]
    intake: Intake
    limited: tuple[Coverage, ...]
    detectors: int


def gather(reader: Reader, period: ReportPeriod) -> Content:
    """The content of a report on the run that readers see.

    Raises:
        StoreError: no run has finished yet.
        UsageError: the data have no day of the period.
    """
    run = reader.current_run()
    filters = Filters(start=period.start.isoformat(), end=period.end.isoformat())
    coverage = matrix(reader)
    return Content(
        period=period,
        run=run,
        policy=reader.manifest.policy,
        covered_days=_covered(period, run),
        groups=tuple(_group(reader, name, filters) for name in GROUPS),
        cells=tuple(cells(reader, filters)),
        institutions=worst_institutions(reader, INSTITUTIONS, start=filters.start, end=filters.end),
        indicators=indicator_lines(reader, period),
        intake=intake(reader.manifest),
        limited=tuple(row for row in coverage if row.status != "available"),
        detectors=len(coverage),
    )


def _covered(period: ReportPeriod, run: Run) -> int:
    first = dt.date.fromisoformat((run.first_day or run.as_of)[:10])
    last = dt.date.fromisoformat((run.last_day or run.as_of)[:10])
    days = (min(last, period.end) - max(first, period.start)).days + 1
    if days <= 0:
        raise UsageError(
            "The data have no day of {name}.",
            where=Message("they reach from {first} to {last}", first=first, last=last),
            next_step="ask for a period inside them, for example {year}-Q{quarter}",
            name=period.name,
            year=last.year,
            quarter=(last.month - 1) // 3 + 1,
        )
    return days


def _group(reader: Reader, name: str, filters: Filters) -> Group:
    own = replace(filters, list=name)
    order = {detector: position for position, detector in enumerate(catalogue())}
    detectors = sorted(by_detector(reader, own), key=lambda share: order.get(share.key, len(order)))
    return Group(name, totals(reader, own), tuple(detectors), tuple(by_district(reader, own)))
