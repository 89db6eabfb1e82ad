"""The indicators of a report over its own months, next to the period before and to the same months a year before."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detection.indicators.card import IndicatorCard
from detection.indicators.catalogue import Indicator, indicators
from detection.report.period import ReportPeriod
from detection.store.queries.indicators.comparison import change
from detection.store.queries.indicators.files import Files, Point, open_files
from detection.store.queries.indicators.spans import history, over, span
from detection.store.queries.reader import Reader
from features.calendar import MONTHS_PER_YEAR
from features.errors import StoreError


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator.

    Attributes:
        card: its words, unit, and what its integers count.
        now: over the months of the period, or over the twelve months that end with it.
        before: over the period before; None where the two would overlap.
        year_before: over the same months of the year before.
        history: two years month by month, or twelve months at a time; None where there is no value to show.
    """

    card: IndicatorCard
    now: Point
    before: Point | None
    year_before: Point
    history: tuple[float | None, ...]

    @property
    def twelve_months(self) -> bool:
        """Whether the value is that of twelve months, not of the period's own."""
        return self.now.kind == "rolling12"

    @property
    def change(self) -> Fraction | None:
        """From the period before; None where either is missing, hidden or rests on few people."""
        return change(self.now, self.before)

    @property
    def change_in_a_year(self) -> Fraction | None:
        """From the same months of the year before; None as for `change`."""
        return change(self.now, self.year_before)


def indicator_lines(reader: Reader, period: ReportPeriod) -> tuple[IndicatorLine, ...]:
    """Every indicator in the order of the screens; nothing for a run that measured none."""
    try:
        files = open_files(reader)
    except StoreError:
        return ()
    return tuple(_line(files, indicator, period) for indicator in indicators().values())


def _line(files: Files, indicator: Indicator, period: ReportPeriod) -> IndicatorLine:
    own = span(indicator, period.first_month, period.months)

    def earlier(months: int) -> Point:
        return over(files, indicator, span(indicator, period.first_month - months, period.months))

    values = (point.value for point in history(files, indicator, own))
    return IndicatorLine(
        indicator.card,
        over(files, indicator, own),
        earlier(period.months) if own.months == period.months else None,
        earlier(MONTHS_PER_YEAR),
        tuple(value.value if value else None for value in values),
    )
