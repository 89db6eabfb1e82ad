"""How much of a value may be shown: on few people it is shown but not assessed, on very few it is hidden.

The people who count in a numerator, and those who do not, are figures as well: either may be too few.

The bounds lie in ``disclosure.toml``, for every screen, list and report alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from detection.detectors.cards import Thresholds
from detection.indicators.thresholds import ThresholdValues, thresholds_of
from features.dated import NamedValue, named_values, read_toml
from features.errors import CardError

Sufficiency = Literal["enough", "few", "withheld", "hidden", "empty"]
_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Value:
    """A value as it may be shown.

    Attributes:
        numerator, denominator: counts or fen; None when hidden, the numerator also when withheld.
        other: numerator and denominator of what a difference subtracts; None for a quotient.
        units: people (or rows, where a list is about no person) in the denominator; None when hidden.
        value: the quotient, or the difference of two; `IndicatorCard.in_unit` gives it in its unit. None when withheld,
            hidden or empty.
        sufficiency: ``enough``, ``few`` (shown without assessment), ``withheld`` (too few count in the numerator, or
            do not: only the denominator is shown), ``hidden``, ``empty`` (no units at all).
    """

    numerator: int | None
    denominator: int | None
    other: tuple[int, int] | None
    units: int | None
    value: float | None
    sufficiency: Sufficiency

    @property
    def assessed(self) -> bool:
        """Whether it may be compared with an attention threshold."""
        return self.sufficiency == "enough" and self.value is not None

    @property
    def exact(self) -> Fraction | None:
        """The value without rounding; None where there is none."""
        if self.value is None or self.numerator is None or not self.denominator:
            return None
        first = Fraction(self.numerator, self.denominator)
        return first - Fraction(*self.other) if self.other else first


HIDDEN = Value(None, None, None, None, None, "hidden")
EMPTY = Value(0, 0, None, 0, None, "empty")


class Side(NamedTuple):
    """The sums of a quotient before disclosure rules.

    Attributes:
        numerator, denominator: counts or fen.
        units: people, or rows about no person, in the denominator.
        counted: those of them who count in the numerator.
        rest: those of whom something is in the denominator and not in the numerator.
    """

    numerator: int
    denominator: int
    units: int
    counted: int
    rest: int


NOTHING = Side(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Sides:
    """Sums of a list before disclosure rules.

    Attributes:
        sides: one of a quotient, two of a difference.
        of_whole: whether the numerator is a part of the denominator, so that the rest of it is a figure as well.
    """

    sides: tuple[Side, ...]
    of_whole: bool = True

    @property
    def units(self) -> int:
        """Units of the smaller side."""
        return min((side.units for side in self.sides), default=0)

    @property
    def cells(self) -> tuple[int, ...]:
        """How many people are behind each numerator, and behind each rest of a denominator."""
        return tuple(
            units
            for side in self.sides
            for units in ((side.counted, side.rest) if self.of_whole else (side.counted,))
        )

    def shown(self, day: dt.date) -> Value:
        """The value as it may be shown by the bounds of a day."""
        units = self.units
        if not any(side.units for side in self.sides):
            return EMPTY
        if units < bound("hidden_below", day):
            return HIDDEN
        if any(_too_few(people, day) for people in self.cells):
            return self.withheld()
        quotients = [side.numerator / side.denominator for side in self.sides if side.denominator]
        value = quotients[0] - sum(quotients[1:]) if len(quotients) == len(self.sides) else None
        rests_on_few = units < bound("not_assessed_below", day)
        first = self.sides[0]
        other = self.sides[1][:2] if len(self.sides) > 1 else None
        return Value(
            first.numerator, first.denominator, other, units, value, "few" if rests_on_few else "enough"
        )

    def withheld(self) -> Value:
        """The value without its numerator."""
        return Value(None, self.sides[0].denominator, None, self.units, None, "withheld")


def suppressed(cells: Mapping[str, Sides], day: dt.date) -> dict[str, Value]:
    """The cells of one cut as they may be shown.

    A single hidden cell is the whole less the other cells. So at least two are hidden, with as many people together as
    one cell must have: the smallest others are hidden too. The same holds for numerators that are withheld.
    """
    shown = {name: sides.shown(day) for name, sides in cells.items()}
    hidden = hidden_cells(shown)
    rest = (name for name, value in shown.items() if value.sufficiency not in ("hidden", "empty"))
    others = sorted(rest, key=lambda name: (cells[name].units, name))
    while hidden and others and (len(hidden) == 1 or _units_of(cells, hidden) < bound("hidden_below", day)):
        hidden.append(others.pop(0))
    shown |= dict.fromkeys(hidden, HIDDEN)
    return shown | {name: cells[name].withheld() for name in _withheld(cells, shown, day)}


def given_away(cells: Mapping[str, Sides], names: Set[str], day: dt.date) -> bool:
    """Whether the whole, less the other cells, would give away some cells: one alone, or few people together."""
    few_units = _units_of(cells, names) < bound("hidden_below", day)
    return bool(names) and (len(names) == 1 or few_units or _few_together(cells, names, day))


def _withheld(cells: Mapping[str, Sides], shown: Mapping[str, Value], day: dt.date) -> list[str]:
    """The cells of which only the denominator may be shown."""
    without = [name for name in cells if shown[name].sufficiency in ("withheld", "hidden")]
    rest = (name for name, value in shown.items() if value.sufficiency in ("enough", "few"))
    others = sorted(rest, key=lambda name: (max(cells[name].cells), name))
    while without and others and (len(without) == 1 or _few_together(cells, without, day)):
        without.append(others.pop(0))
    return [name for name in without if shown[name].sufficiency != "hidden"]


def _few_together(cells: Mapping[str, Sides], names: Iterable[str], day: dt.date) -> bool:
    """Whether few people are behind what some cells have together: the whole less the other cells."""
    together = zip(*(cells[name].cells for name in names), strict=True)
    return any(_too_few(sum(people), day) for people in together)


def _too_few(people: int, day: dt.date) -> bool:
    """Whether a part of a list rests on too few people; on none at all it names nobody."""
    return 0 < people < bound("counted_hidden_below", day)


def hidden_cells(cells: Mapping[str, Value]) -> list[str]:
    """The cells of a cut that may not be shown."""
    return [name for name, value in cells.items() if value.sufficiency == "hidden"]


def unnamed_cells(cells: Mapping[str, Value]) -> list[str]:
    """The cells of a cut whose rows a list may not name: those hidden, and those whose numerator is withheld."""
    return [name for name, value in cells.items() if value.sufficiency in ("hidden", "withheld")]


def _units_of(cells: Mapping[str, Sides], names: Iterable[str]) -> int:
    return sum(cells[name].units for name in names)


def bound(name: str, day: dt.date) -> int:
    """A bound in force on a day, in units: ``hidden_below``, ``counted_hidden_below`` or ``not_assessed_below``."""
    return ThresholdValues({name: _thresholds().at(name, day).value}).integer(name)


@cache
def _thresholds(path: Path = _FILE) -> Thresholds:
    content = read_toml(path, CardError)
    entries, wrong = named_values(NamedValue, content.get("threshold"), "threshold")
    if wrong:
        raise CardError("The file of disclosure thresholds cannot be used.", where=path.name, problems=wrong)
    return Thresholds(thresholds_of(entries))
