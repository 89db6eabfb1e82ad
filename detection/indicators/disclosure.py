"""How much of a value may be shown: on few people it is shown but not assessed, on very few it is hidden.

The bounds lie in ``disclosure.toml``, for every screen, list and report alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from detection.detectors.cards import Thresholds
from detection.indicators.thresholds import ThresholdValues, thresholds_of
from features.dated import NamedValue, named_values, read_toml
from features.errors import CardError

Sufficiency = Literal["enough", "few", "hidden", "empty"]
_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Value:
    """A value as it may be shown.

    Attributes:
        numerator, denominator: counts or fen; None when hidden.
        other: numerator and denominator of what a difference subtracts; None for a quotient.
        units: people (or rows, where a list is about no person) in the denominator; None when hidden.
        value: the quotient, or the difference of two; `IndicatorCard.in_unit` gives it in its unit. None when hidden or
            empty.
        sufficiency: ``enough``, ``few`` (shown without assessment), ``hidden``, ``empty`` (no units at all).
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


HIDDEN = Value(None, None, None, None, None, "hidden")
EMPTY = Value(0, 0, None, 0, None, "empty")


@dataclass(frozen=True)
class Sides:
    """Sums of a list before disclosure rules: (numerator, denominator, units) of each side."""

    sides: tuple[tuple[int, int, int], ...]

    @property
    def units(self) -> int:
        """Units of the smaller side."""
        return min((units for _, _, units in self.sides), default=0)

    def shown(self, day: dt.date) -> Value:
        """The value as it may be shown by the bounds of a day."""
        units = self.units
        if not any(units for _, _, units in self.sides):
            return EMPTY
        if units < bound("hidden_below", day):
            return HIDDEN
        quotients = [numerator / denominator for numerator, denominator, _ in self.sides if denominator]
        value = quotients[0] - sum(quotients[1:]) if len(quotients) == len(self.sides) else None
        rests_on_few = units < bound("not_assessed_below", day)
        numerator, denominator, _ = self.sides[0]
        other = self.sides[1][:2] if len(self.sides) > 1 else None
        return Value(numerator, denominator, other, units, value, "few" if rests_on_few else "enough")


def suppressed(cells: Mapping[str, Sides], day: dt.date) -> dict[str, Value]:
    """The cells of one cut as they may be shown.

    A single hidden cell is the whole less the other cells. So at least two are hidden, with as many people together as
    one cell must have: the smallest others are hidden too.
    """
    shown = {name: sides.shown(day) for name, sides in cells.items()}
    hidden = [name for name, value in shown.items() if value.sufficiency == "hidden"]
    rest = (name for name, value in shown.items() if value.sufficiency in ("enough", "few"))
    others = sorted(rest, key=lambda name: (cells[name].units, name))
    while hidden and others and (len(hidden) == 1 or _units_of(cells, hidden) < bound("hidden_below", day)):
        hidden.append(others.pop(0))
    return shown | dict.fromkeys(hidden, HIDDEN)


def hidden_cells(cells: Mapping[str, Value]) -> list[str]:
    """The cells of a cut that may not be shown."""
    return [name for name, value in cells.items() if value.sufficiency == "hidden"]


def _units_of(cells: Mapping[str, Sides], names: Iterable[str]) -> int:
    return sum(cells[name].units for name in names)


def bound(name: str, day: dt.date) -> int:
    """A bound in force on a day: ``hidden_below`` or ``not_assessed_below``, in units."""
    return ThresholdValues({name: _thresholds().at(name, day).value}).integer(name)


@cache
def _thresholds(path: Path = _FILE) -> Thresholds:
    content = read_toml(path, CardError)
    entries, wrong = named_values(NamedValue, content.get("threshold"), "threshold")
    if wrong:
        raise CardError("The file of disclosure thresholds cannot be used.", where=path.name, problems=wrong)
    return Thresholds(thresholds_of(entries))
