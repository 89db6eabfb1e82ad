"""Indicators: "What is the value, of what, since when, for whom, and who stands behind it?".

Values come from the run's files; cuts and lists are made from the same ground by the same function as the values, so
that a list has the count and the sums of the number that opens it. What rests on fewer than ten people is not shown,
in whatever way it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from detection.indicators.card import SCREENS, AttentionThreshold, IndicatorCard
from detection.indicators.card_files import indicator_cards
from detection.indicators.disclosure import Value
from detection.store.queries.indicator_comparison import Compared, Trend, before, change, compared
from detection.store.queries.indicator_files import Files, Point, Version, card_of, is_met, open_files
from detection.store.queries.indicator_lists import (
    SORTS,
    Counted,
    Listed,
    ListFilters,
    ListRow,
    key_of,
    label_of,
    listed,
    refuse_unknown_cut,
)
from detection.store.queries.reader import Reader
from features.errors import UsageError
from features.indicators.periods import Period

__all__ = [
    "SCREENS",
    "SORTS",
    "Cell",
    "Counted",
    "Cut",
    "ListFilters",
    "ListRow",
    "Listed",
    "Point",
    "Tile",
    "Trend",
    "Value",
    "Version",
    "cut",
    "cut_over",
    "grid",
    "listed",
    "tile",
    "trend",
]


@dataclass(frozen=True)
class Tile:
    """One card of the grid.

    Attributes:
        card: words, unit, cuts and lines.
        point: the period shown.
        change: value less that of ``against``; None where either is missing or rests on few.
        against: key of the period that it is compared with: a year earlier, else the one before; empty for none.
        line: the attention line in force; None where none is drawn yet.
        compared: the line in force of what the card compares institutions by; None where none is.
        versions: policy versions that the period spans.
        illustrative: whether a policy value that it rests on is illustrative.
    """

    card: IndicatorCard
    point: Point
    change: float | None
    against: str
    line: AttentionThreshold | None
    compared: AttentionThreshold | None
    versions: tuple[Version, ...]
    illustrative: bool


@dataclass(frozen=True)
class Cell:
    """One cell of a cut.

    Attributes:
        key: what addresses hold: a code, or a pseudonym.
        label: what is shown: a code, an institution's name, or a pseudonym.
        value: of the cell, as it may be shown.
        attention: whether it meets the line; an institution that is compared meets that of institutions.
        against: of an institution that is compared, the value of its peers or of the city; else None, and where one
            of its peers is hidden.
        trend: of an institution held against the city's trend, its change and the city's; None where either period
            rests on too few.
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

    Where the data are too short for that kind, the whole of the data is shown.

    Raises:
        StoreError: no run yet, or a run without indicators.
        UsageError: there is no such screen.
    """
    if screen and screen not in SCREENS:
        raise UsageError(f"There is no screen {screen!r}.", next_step="use one of: " + ", ".join(SCREENS))
    files = open_files(reader)
    cards = [card for card in indicator_cards().values() if screen in ("", card.screen)]
    return [_tile(files, card, _latest(files, kind or card.kinds[0])) for card in cards]


def tile(reader: Reader, name: str, window: str) -> Tile:
    """One indicator over one period.

    Raises:
        UsageError: there is no such indicator or period.
    """
    files = open_files(reader)
    return _tile(files, card_of(name), files.period(window))


def trend(reader: Reader, name: str, kind: str = "month") -> list[Point]:
    """An indicator over every period of a kind, oldest first; what is not assessable stands among them.

    Raises:
        UsageError: there is no such indicator.
    """
    files, card = open_files(reader), card_of(name)
    return [files.point(card, one) for one in files.periods if one.kind == kind]


def cut_over(reader: Reader) -> str | None:
    """The day from which the pooled fund pays ordinary outpatient care; None where the policy does not say."""
    found: str | None = open_files(reader).about["cut_over"]
    return found


def cut(reader: Reader, name: str, by: str, window: str) -> Cut:
    """An indicator over a period, cut by one of its card's ``cuts``; the cells with most people first.

    Raises:
        UsageError: there is no such indicator or period, or the indicator is not cut by that.
    """
    files, card = open_files(reader), card_of(name)
    refuse_unknown_cut(card, by)
    period = files.period(window)
    point = files.point(card, period)
    if point.value is None or point.value.sufficiency == "hidden":
        return Cut(by, point, ())
    values, line = files.cells(card, period, by), card.attention_at(period.last_day)
    held = compared(files, card, period, values) if by == "provider_id" else {}
    cells = []
    for cell, value in values.items():
        met = by != "part" and is_met(card, line, value.value if value.judged else None)
        one = held.get(cell, Compared(None, None, met))
        key, label = key_of(reader, by, cell), label_of(reader, by, cell)
        cells.append(Cell(key, label, value, one.attention, one.against, one.trend))
    return Cut(by, point, tuple(sorted(cells, key=lambda one: (-(one.value.units or 0), one.key))))


def _latest(files: Files, kind: str) -> Period:
    of_kind = [one for one in files.periods if one.kind == kind]
    return of_kind[-1] if of_kind else files.periods[-1]


def _tile(files: Files, card: IndicatorCard, period: Period) -> Tile:
    point = files.point(card, period)
    then = before(files, period)
    earlier = files.point(card, then) if then else None
    versions = files.versions(card, period)
    read = [one for one in versions if one.parameter in card.rests_on]
    return Tile(
        card,
        point,
        change(point, earlier),
        then.key if then else "",
        card.attention_at(period.last_day),
        card.attention_at(period.last_day, card.compares_by),
        versions,
        any(one.status == "illustrative" for one in read),
    )
