"""What an institution is compared with: its peers or the city in the same period, or the city's change over time.

A comparison reveals nothing that the cut hides: peers of whom one is hidden have no value, and a change is not shown
where either period rests on too few people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from detection.indicators.catalogue import Indicator
from detection.indicators.disclosure import Side, Sides, Value, given_away, unnamed_cells
from detection.indicators.sums import sums
from detection.store.queries.indicators.files import Files, Point, is_met
from features.calendar import MONTHS_PER_YEAR
from features.engine import collect
from features.indicators.periods import Period

_INSTITUTION = ("provider_id", "provider_kind", "provider_level")


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
        of_peers(files, indicator, period, cells)
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
    if period.kind == "year":
        start, end = period.start - MONTHS_PER_YEAR, period.end - MONTHS_PER_YEAR
        return Period("year", start, end) if start >= files.about.first else None
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


def of_peers(
    files: Files, indicator: Indicator, period: Period, cells: Mapping[str, Value]
) -> dict[str, Value]:
    """The other institutions of the same kind and level, taken together.

    None where these, less those that the cut shows, would give away those that it does not.
    """
    table = collect(sums(files.rows(indicator, period), *_INSTITUTION))
    institutions: dict[tuple[str, str], dict[str, Sides]] = defaultdict(dict)
    for row in table.filter(pl.col("provider_id").is_not_null()).iter_rows(named=True):
        side = Side(*(row[name] for name in Side._fields))
        group = institutions[row["provider_kind"], row["provider_level"]]
        group[row["provider_id"]] = Sides((side,), of_whole=indicator.card.of_whole)
    unnamed = set(unnamed_cells(cells))
    values: dict[str, Value] = {}
    for group in institutions.values():
        if given_away(group, unnamed & group.keys(), period.last_day):
            continue
        whole = [sum(amounts) for amounts in zip(*(sides.sides[0] for sides in group.values()), strict=True)]
        for name, own in group.items():
            others = Side(*(total - part for total, part in zip(whole, own.sides[0], strict=True)))
            values[name] = Sides((others,), of_whole=own.of_whole).shown(period.last_day)
    return values


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
