"""What an institution is compared with: its peers or the city in the same period, or the city's change over time.

A comparison reveals nothing that the cut hides: peers of whom one is hidden have no value, and a change is not shown
where either period rests on too few people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from detection.indicators.catalogue import Indicator
from detection.indicators.disclosure import Side, Sides, Value, unnamed_cells
from detection.indicators.measure import sums
from detection.store.queries.indicators.files import Files, Point, is_met
from features.calendar import MONTHS_PER_YEAR
from features.engine import collect
from features.indicators.periods import Period

_INSTITUTION = ("provider_id", "provider_kind", "provider_level")
_COUNTS = Side._fields


@dataclass(frozen=True)
class Trend:
    """How an institution moved relative to the city since an earlier period; both periods rest on enough people.

    Attributes:
        change: the institution's value less its value then.
        city: the city's value less its value then.
    """

    change: Fraction
    city: Fraction

    @property
    def apart(self) -> Fraction:
        """The institution's change less the city's."""
        return self.change - self.city


@dataclass(frozen=True)
class Compared:
    """One institution's comparison.

    Attributes:
        against: value of its peers or of the city in the same period; None where it would reveal a hidden cell.
        trend: None where the card has no threshold for it, or a value rests on too few people.
        attention: whether the card's attention threshold of institutions is met.
    """

    against: Value | None
    trend: Trend | None
    attention: bool


def compared(
    files: Files, indicator: Indicator, period: Period, cells: Mapping[str, Value]
) -> dict[str, Compared]:
    """By institution, its comparison; empty where the card compares none.

    Args:
        files: of the run.
        indicator: the indicator.
        period: of the cut.
        cells: the cut by institution, as it may be shown.
    """
    card = indicator.card
    if card.against is None:
        return {}
    references = (
        _of_peers(files, indicator, period, cells)
        if card.against == "peers"
        else dict.fromkeys(cells, files.point(indicator, period).value)
    )
    trends = _trends(files, indicator, period, cells) if card.compares_by == "trend" else {}
    threshold = card.attention_at(period.last_day, card.compares_by)
    comparisons: dict[str, Compared] = {}
    for name, value in cells.items():
        against, trend = references.get(name), trends.get(name)
        apart = trend.apart if trend else None
        if card.compares_by == "difference":
            apart = difference(value, against)
        comparisons[name] = Compared(against, trend, is_met(card, threshold, apart))
    return comparisons


def before(files: Files, period: Period) -> Period | None:
    """The period to compare with: the same months of the year before, else the period that ends before this one begins.

    What followed the cut-over is compared with what was before it. Two periods that are compared never overlap.
    """
    if period.kind == "after":
        return next((other for other in files.periods if other.kind == "before"), None)
    by_end = {other.end: other for other in files.periods if other.kind == period.kind}
    return by_end.get(period.end - MONTHS_PER_YEAR) or by_end.get(period.start - 1)


def change(point: Point, earlier: Point | None) -> Fraction | None:
    """How far a value moved, without rounding; None where one of the two is missing or rests on few."""
    return difference(point.value, earlier.value if earlier else None)


def difference(value: Value | None, less: Value | None) -> Fraction | None:
    """One value less another, without rounding; None where one of the two is missing or rests on few."""
    if value is None or less is None or not (value.assessed and less.assessed):
        return None
    return None if value.exact is None or less.exact is None else value.exact - less.exact


def _of_peers(
    files: Files, indicator: Indicator, period: Period, cells: Mapping[str, Value]
) -> dict[str, Value]:
    """The other institutions of the same kind and level, taken together; none where one of these is hidden."""
    institutions = collect(sums(files.rows(indicator, period), *_INSTITUTION))
    group = ("provider_kind", "provider_level")
    hidden = pl.col("provider_id").is_in(unnamed_cells(cells))
    table = institutions.filter(pl.col("provider_id").is_not_null())
    others = table.filter(~hidden.any().over(*group)).with_columns(
        (pl.col(name).sum().over(*group) - pl.col(name)) for name in _COUNTS
    )
    return {
        str(row["provider_id"]): Sides(
            (Side(*(row[name] for name in _COUNTS)),), of_whole=indicator.card.of_whole
        ).shown(period.last_day)
        for row in others.iter_rows(named=True)
    }


def _trends(
    files: Files, indicator: Indicator, period: Period, cells: Mapping[str, Value]
) -> dict[str, Trend]:
    """Change of each institution with enough people in both periods, and the city's."""
    earlier = before(files, period)
    then = files.point(indicator, earlier) if earlier else None
    city = change(files.point(indicator, period), then)
    if earlier is None or city is None:
        return {}
    values_then = files.cells(indicator, earlier, "provider_id")
    changes = {name: difference(value, values_then.get(name)) for name, value in cells.items()}
    return {name: Trend(moved, city) for name, moved in changes.items() if moved is not None}
