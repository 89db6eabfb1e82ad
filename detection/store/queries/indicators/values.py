"""Queries of the indicator screens: values, their change over time, cuts, and the lists behind them.

Values come from the run's files. Cuts and lists are made from the same views by the same function as the values, so
that a list has the count and the sums of the number that opens it. What rests on fewer than ten people is never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detection.indicators.card import SCREENS, AttentionThreshold, IndicatorCard
from detection.indicators.catalogue import Indicator, indicators
from detection.indicators.disclosure import Value
from detection.store.queries.indicators.comparison import Compared, Trend, before, change, compared
from detection.store.queries.indicators.files import (
    Files,
    Point,
    Version,
    indicator_named,
    is_met,
    open_files,
)
from detection.store.queries.indicators.lists import (
    SORTS,
    Listed,
    ListFilters,
    ListRow,
    RowChoice,
    key_of,
    label_of,
    listed,
    refuse_unknown_cut,
)
from detection.store.queries.reader import Reader
from features.calendar import MONTHS_PER_YEAR, month_text
from features.errors import UsageError
from features.indicators.periods import Period

__all__ = [
    "SCREENS",
    "SORTS",
    "Cell",
    "Cut",
    "ListFilters",
    "ListRow",
    "Listed",
    "MonthChange",
    "Point",
    "RowChoice",
    "Tile",
    "Trend",
    "Value",
    "Version",
    "cut",
    "cut_over",
    "grid",
    "kinds",
    "listed",
    "months",
    "policy_dates",
    "tile",
    "trend",
]


@dataclass(frozen=True)
class MonthChange:
    """How far the value of one month moved since the same month of the year before.

    Attributes:
        month, against: the two months.
        change: the difference of the values, without rounding.
    """

    month: str
    against: str
    change: Fraction


@dataclass(frozen=True)
class Tile:
    """One card of the grid.

    Attributes:
        indicator: the indicator.
        point: the period shown.
        change: value less that of ``against``, without rounding; None where either is missing or rests on few people.
        against: key of the period that it is compared with: a year earlier, else the one before; empty for none.
        threshold: the attention threshold in force; None where none is yet.
        comparison_threshold: the one in force for the comparison of institutions; None where there is none.
        versions: policy versions that the period spans.
        illustrative: whether a policy value that it rests on is illustrative.
        months: the values of single months, or of twelve where the card has no months; oldest first.
        latest: the last month next to the same month a year earlier, for a period that has nothing to compare with.
    """

    indicator: Indicator
    point: Point
    change: Fraction | None
    against: str
    threshold: AttentionThreshold | None
    comparison_threshold: AttentionThreshold | None
    versions: tuple[Version, ...]
    illustrative: bool
    latest: MonthChange | None = None
    months: tuple[Point, ...] = ()

    @property
    def card(self) -> IndicatorCard:
        """The indicator's card."""
        return self.indicator.card


@dataclass(frozen=True)
class Cell:
    """One cell of a cut.

    Attributes:
        key: the cell in addresses: a code, or a pseudonym.
        label: the cell on screens: a code, an institution's name, or a pseudonym.
        value: of the cell, as it may be shown.
        attention: whether it meets the attention threshold; for a compared institution, the one of institutions.
        against: for a compared institution, the value of its peers or of the city; None for others, and where one of
            its peers is hidden.
        trend: for an institution compared with the city's trend, its change and the city's; None where either period
            rests on too few people.
    """

    key: str
    label: str
    value: Value
    attention: bool
    against: Value | None = None
    trend: Trend | None = None


@dataclass(frozen=True)
class Cut:
    """An indicator over one period, cut by one thing; ``point`` is the value of the whole."""

    by: str
    point: Point
    cells: tuple[Cell, ...]


def grid(reader: Reader, screen: str = "", kind: str = "") -> list[Tile]:
    """The cards of a screen, or of all, each over its latest period of ``kind`` (its own first kind when empty).

    Where the data have no period of ``kind``, there is none. Without ``kind``, data that are too short for a card's own
    kind are shown as a whole.

    Raises:
        StoreError: no run yet, or a run without indicators.
        UsageError: there is no such screen.
    """
    if screen and screen not in SCREENS:
        raise UsageError(
            "There is no screen {screen!r}.", next_step="use one of: {names}", names=SCREENS, screen=screen
        )
    files = open_files(reader)
    shown = [indicator for indicator in indicators().values() if screen in ("", indicator.card.screen)]
    if kind:
        period = _latest(files, kind)
        return [_tile(files, indicator, period) for indicator in shown] if period else []
    return [
        _tile(files, indicator, _latest(files, indicator.card.kinds[0]) or files.periods[-1])
        for indicator in shown
    ]


def kinds(reader: Reader) -> frozenset[str]:
    """The kinds of period that the data have: none ``before`` where they begin with the cut-over.

    Raises:
        StoreError: no run yet, or a run without indicators.
    """
    return frozenset(period.kind for period in open_files(reader).periods)


def tile(reader: Reader, name: str, window: str) -> Tile:
    """One indicator over one period.

    Raises:
        UsageError: there is no such indicator or period.
    """
    files = open_files(reader)
    return _tile(files, indicator_named(name), files.period(window))


def trend(reader: Reader, name: str, kind: str = "month") -> list[Point]:
    """An indicator over every period of a kind, oldest first, also over those that are not assessable.

    Raises:
        UsageError: there is no such indicator.
    """
    return list(_points(open_files(reader), indicator_named(name), kind))


def months(reader: Reader) -> tuple[str, str]:
    """The first and the last month of the data."""
    about = open_files(reader).about
    return month_text(about.first), month_text(about.last)


def policy_dates(reader: Reader, name: str) -> tuple[Version, ...]:
    """Versions of the policy values that an indicator's card names, which began within the data; the oldest first.

    Raises:
        UsageError: there is no such indicator.
    """
    files, card = open_files(reader), indicator_named(name).card
    first, last = files.about.first, files.about.last
    versions = files.versions(card, Period("whole", first, last))
    begun = (version for version in versions if version.start >= month_text(first))
    return tuple(sorted(begun, key=lambda version: (version.start, version.parameter)))


def cut_over(reader: Reader) -> str | None:
    """The day from which the pooled fund pays ordinary outpatient care; None where it is unknown."""
    day = open_files(reader).about.cut_over
    return None if day is None else str(day)


def cut(reader: Reader, name: str, by: str, window: str) -> Cut:
    """An indicator over a period, cut by one of its card's ``cuts``; cells with most people first.

    Raises:
        UsageError: there is no such indicator or period, or the indicator is not cut by that.
    """
    files, indicator = open_files(reader), indicator_named(name)
    card, period = indicator.card, files.period(window)
    refuse_unknown_cut(card, by)
    point = files.point(indicator, period)
    if point.value is None or point.value.sufficiency == "hidden":
        return Cut(by, point, ())
    values, threshold = files.cells(indicator, period, by), card.attention_at(period.last_day)
    comparisons = compared(files, indicator, period, values) if by == "provider_id" else {}
    cells = []
    for cell, value in values.items():
        met = by != "part" and is_met(card, threshold, value.value if value.assessed else None)
        comparison = comparisons.get(cell, Compared(None, None, met))
        key, label = key_of(reader, by, cell), label_of(reader, by, cell)
        cells.append(Cell(key, label, value, comparison.attention, comparison.against, comparison.trend))
    return Cut(by, point, tuple(sorted(cells, key=lambda cell: (-(cell.value.units or 0), cell.key))))


def _points(files: Files, indicator: Indicator, kind: str) -> tuple[Point, ...]:
    return tuple(files.point(indicator, period) for period in files.periods if period.kind == kind)


def _latest(files: Files, kind: str) -> Period | None:
    of_kind = [period for period in files.periods if period.kind == kind]
    return of_kind[-1] if of_kind else None


def _latest_month(files: Files, indicator: Indicator) -> MonthChange | None:
    """The last month of the data next to the same month of the year before; None where either is not assessed."""
    months = {period.end: period for period in files.periods if period.kind == "month"}
    now, then = (months.get(files.about.last - back) for back in (0, MONTHS_PER_YEAR))
    if now is None or then is None:
        return None
    points = files.point(indicator, now), files.point(indicator, then)
    moved = change(*points)
    return None if moved is None else MonthChange(points[0].end, points[1].end, moved)


def _tile(files: Files, indicator: Indicator, period: Period) -> Tile:
    card, point = indicator.card, files.point(indicator, period)
    then = before(files, period)
    earlier = files.point(indicator, then) if then else None
    moved = change(point, earlier)
    versions = files.versions(card, period)
    needed = [version for version in versions if version.parameter in card.rests_on]
    return Tile(
        indicator,
        point,
        moved,
        then.key if then else "",
        card.attention_at(period.last_day),
        card.attention_at(period.last_day, card.compares_by),
        versions,
        any(version.status == "illustrative" for version in needed),
        None if moved is not None or period.kind == "month" else _latest_month(files, indicator),
        _points(files, indicator, "month" if "month" in card.kinds else card.kinds[0]),
    )
