"""What a period is compared with: the period before, and the same months of the year before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from detection.report.period import ReportPeriod
from detection.store.queries.filters import SUSPICION, Filters
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, totals
from detection.store.schema import Run


@dataclass(frozen=True)
class Comparison:
    """An earlier period.

    Attributes:
        name: ``before`` or ``year_before``.
        period: which one.
        totals: what was found about people and institutions, whatever became of it since; None where the data do not
            have all its days, or all of the report's.
    """

    name: str
    period: ReportPeriod
    totals: Totals | None


def comparisons(reader: Reader, period: ReportPeriod, run: Run) -> tuple[Comparison, ...]:
    """The earlier periods of a report; of a year there is one, for both are the year before."""
    earlier = {"before": period.before, "year_before": period.year_before}
    if period.before == period.year_before:
        del earlier["before"]
    whole = covered_days(period, run) == period.days
    return tuple(
        Comparison(
            name,
            each,
            totals_of(reader, each) if whole and covered_days(each, run) == each.days else None,
        )
        for name, each in earlier.items()
    )


def totals_of(reader: Reader, period: ReportPeriod) -> Totals:
    """What was found about people and institutions for settlements of a period, open or not.

    So a period that is long handled is not smaller than one that nobody has looked at.
    """
    return totals(reader, in_days(period, SUSPICION, ""))


def covered_days(period: ReportPeriod, run: Run) -> int:
    """Days of a period between the first and the last day of the data; zero or below where there is none."""
    return (min(last_day(run), period.end) - max(first_day(run), period.start)).days + 1


def in_days(period: ReportPeriod, name: str = "all", status: str = "open") -> Filters:
    """A list of alerts, narrowed to a period."""
    return Filters(list=name, status=status, start=period.start.isoformat(), end=period.end.isoformat())


def first_day(run: Run) -> dt.date:
    """The first day of the data."""
    return dt.date.fromisoformat((run.first_day or run.as_of)[:10])


def last_day(run: Run) -> dt.date:
    """The last day of the data."""
    return dt.date.fromisoformat((run.last_day or run.as_of)[:10])
