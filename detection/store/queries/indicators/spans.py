"""An indicator over consecutive months of a report: a month, a quarter, a half year or a year."""

from __future__ import annotations

from detection.indicators.assessability import Reason
from detection.indicators.catalogue import Indicator
from detection.store.queries.indicators.files import Files, Point, is_met
from features.calendar import MONTHS_PER_YEAR, month_text
from features.indicators.periods import Period

_NO_MONTHS = ("the data do not have all of these months", "数据未覆盖全部月份")


def span(indicator: Indicator, first: int, months: int) -> Period:
    """The months themselves where the indicator is measured by months, else the twelve that end with them.

    Args:
        indicator: the indicator.
        first: month index of the first month.
        months: how many.
    """
    last = first + months - 1
    if months == MONTHS_PER_YEAR or "month" not in indicator.card.kinds:
        return Period("rolling12", last - MONTHS_PER_YEAR + 1, last)
    return Period("month", first, last)


def over(files: Files, indicator: Indicator, period: Period) -> Point:
    """An indicator over a span, from the rows of the list behind it; as it may be shown."""
    card, name = indicator.card, indicator.name
    start, end = month_text(period.start), month_text(period.end)
    reasons: tuple[Reason, ...] = () if _inside(files, period) else (_NO_MONTHS,)
    parts = [period] if period.kind != "month" else _months(period)
    for part in parts:
        reasons = reasons or files.about.why_missing(name, part)
    if reasons:
        texts = "; ".join(en for en, _ in reasons), "；".join(zh for _, zh in reasons)
        return Point(period.key, period.kind, start, end, None, False, *texts)
    value = files.sums_of(indicator, files.rows(indicator, period)).shown(period.last_day)
    met = is_met(card, card.attention_at(period.last_day), value.value if value.assessed else None)
    return Point(period.key, period.kind, start, end, value, met)


def history(files: Files, indicator: Indicator, period: Period) -> list[Point]:
    """The two years to the end of a span, month by month or twelve months at a time: what a small chart shows."""
    first = period.end - 2 * MONTHS_PER_YEAR + 1
    shown = (each for each in files.periods if each.kind == period.kind and first <= each.end <= period.end)
    return [files.point(indicator, each) for each in shown]


def _inside(files: Files, period: Period) -> bool:
    return files.about.first <= period.start and period.end <= files.about.last


def _months(period: Period) -> list[Period]:
    return [Period("month", month, month) for month in range(period.start, period.end + 1)]
