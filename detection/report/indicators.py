"""The indicators of a report: twelve months to the end of its period, against those to the end of the one before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detection.indicators.card import SCREENS, IndicatorCard
from detection.indicators.card_files import indicator_cards
from detection.report.period import ReportPeriod
from detection.store.queries.indicators.values import Point, trend
from detection.store.queries.reader import Reader
from features.errors import StoreError

_KINDS = ("rolling12", "month")


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator.

    Attributes:
        card: its words, unit, and what its integers count.
        now: over the latest window that ends inside the period; None where the data have none.
        before: over the window that ends with the month before the period.
    """

    card: IndicatorCard
    now: Point | None
    before: Point | None


def indicator_lines(reader: Reader, period: ReportPeriod) -> tuple[IndicatorLine, ...]:
    """Every indicator by screen and title; nothing for a run that measured none."""
    cards = sorted(indicator_cards().values(), key=lambda point: (SCREENS.index(point.screen), point.name))
    try:
        return tuple(_line(reader, card, period) for card in cards)
    except StoreError:
        return ()


def _line(reader: Reader, card: IndicatorCard, period: ReportPeriod) -> IndicatorLine:
    points = trend(reader, card.name, _kind(reader, card))
    inside = [point for point in points if period.start.isoformat()[:7] <= point.end <= period.last_month]
    return IndicatorLine(
        card, _last(inside), _last(point for point in points if point.end == period.month_before)
    )


def _kind(reader: Reader, card: IndicatorCard) -> str:
    """Twelve months where the indicator and the data have them, else single months."""
    return next(
        (kind for kind in _KINDS if kind in card.kinds and trend(reader, card.name, kind)), _KINDS[-1]
    )


def _last(points: Iterable[Point]) -> Point | None:
    return max(points, key=lambda point: point.end, default=None)
