"""What an institution is held against: its peers or the city in the same period, or the city's change since before.

A comparison tells nothing that the cut hides: peers of whom one is hidden have no value, and a change of which either
period rests on too few is not shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from detection.indicators.card import IndicatorCard
from detection.indicators.disclosure import Sides, Value, hidden_cells
from detection.indicators.measure import sums
from detection.store.queries.indicator_files import Files, Point, is_met
from features.indicators.periods import YEAR, Period

_PLACE = ("provider_id", "provider_kind", "provider_level")
_COUNTS = ("numerator", "denominator", "units")


@dataclass(frozen=True)
class Trend:
    """How an institution moved against the city since an earlier period; all judged on enough people, in both.

    Attributes:
        change: the institution's value less its value then.
        city: the city's value less its value then.
    """

    change: float
    city: float

    @property
    def apart(self) -> float:
        """The institution's change less the city's."""
        return self.change - self.city


@dataclass(frozen=True)
class Compared:
    """One institution's comparison.

    Attributes:
        against: value of its peers or of the city in the same period; None where it would tell a hidden cell.
        trend: None where the card draws no line on it, or one of the values cannot be judged.
        attention: whether the card's line of institutions is met.
    """

    against: Value | None
    trend: Trend | None
    attention: bool


def compared(
    files: Files, card: IndicatorCard, period: Period, cells: Mapping[str, Value]
) -> dict[str, Compared]:
    """By institution, its comparison; nothing where the card compares none.

    Args:
        files: of the run.
        card: of the indicator.
        period: of the cut.
        cells: the cut by institution, as it may be shown.
    """
    if card.against is None:
        return {}
    whole = files.point(card, period).value
    level = _of_peers(files, card, period, cells) if card.against == "peers" else dict.fromkeys(cells, whole)
    trends = _trends(files, card, period, cells) if card.compares_by == "trend" else {}
    line = card.attention_at(period.last_day, card.compares_by)
    found: dict[str, Compared] = {}
    for name, value in cells.items():
        against, trend = level.get(name), trends.get(name)
        apart = trend.apart if trend else None
        if card.compares_by == "difference":
            apart = _difference(value, against)
        found[name] = Compared(against, trend, is_met(card, line, apart))
    return found


def before(files: Files, period: Period) -> Period | None:
    """The period to compare with: after the cut-over with before it, else a year earlier, else the one before."""
    if period.kind == "after":
        return next((one for one in files.periods if one.kind == "before"), None)
    earlier = {one.end: one for one in files.periods if one.kind == period.kind and one.end < period.end}
    return earlier.get(period.end - YEAR) or earlier.get(period.end - 1)


def change(point: Point, earlier: Point | None) -> float | None:
    """How far a value moved; None where one of the two is missing or rests on few."""
    return _difference(point.value, earlier.value if earlier else None)


def _difference(value: Value | None, less: Value | None) -> float | None:
    if value is None or less is None or not (value.judged and less.judged):
        return None
    return None if value.value is None or less.value is None else value.value - less.value


def _of_peers(
    files: Files, card: IndicatorCard, period: Period, cells: Mapping[str, Value]
) -> dict[str, Value]:
    """The other institutions of the same kind and level, taken together; none where one of these is hidden."""
    found: pl.LazyFrame = sums(files.rows(card, period), *_PLACE).to_native()
    group = ("provider_kind", "provider_level")
    hidden = pl.col("provider_id").is_in(hidden_cells(cells))
    table = found.filter(pl.col("provider_id").is_not_null()).collect()
    others = table.filter(~hidden.any().over(*group)).with_columns(
        (pl.col(name).sum().over(*group) - pl.col(name)) for name in _COUNTS
    )
    return {
        str(one["provider_id"]): Sides(((one["numerator"], one["denominator"], one["units"]),)).shown(
            period.last_day
        )
        for one in others.iter_rows(named=True)
    }


def _trends(
    files: Files, card: IndicatorCard, period: Period, cells: Mapping[str, Value]
) -> dict[str, Trend]:
    """Of the institutions that can be judged in both periods, their change beside the city's."""
    earlier = before(files, period)
    then = files.point(card, earlier) if earlier else None
    city = change(files.point(card, period), then)
    if earlier is None or city is None:
        return {}
    were = files.cells(card, earlier, "provider_id")
    changes = {name: _difference(value, were.get(name)) for name, value in cells.items()}
    return {name: Trend(moved, city) for name, moved in changes.items() if moved is not None}
