"""How much a value may show: what rests on few people is not judged, what rests on very few is not shown.

The bounds are on a card of their own (``disclosure.toml`` in ``disclosure/``), for every screen, list and report alike.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from detection.detectors.card_files import dated_thresholds
from detection.detectors.cards import Thresholds
from features.errors import CardError

Sufficiency = Literal["enough", "few", "hidden", "empty"]
_CARD = Path(__file__).with_name("disclosure") / "disclosure.toml"


@dataclass(frozen=True)
class Value:
    """A value as it may be shown.

    Attributes:
        numerator, denominator: counts or fen; None when hidden.
        other: numerator and denominator of what is taken off, of a difference; None for a quotient.
        units: people (or rows, where a list is about nobody) in the denominator; None when hidden.
        value: the quotient, or the difference of two; `IndicatorCard.in_unit` gives it in its unit. None when hidden or
            nobody is there.
        sufficiency: ``enough``, ``few`` (shown without judgement), ``hidden``, ``empty`` (nobody at all).
    """

    numerator: int | None
    denominator: int | None
    other: tuple[int, int] | None
    units: int | None
    value: float | None
    sufficiency: Sufficiency

    @property
    def judged(self) -> bool:
        """Whether an attention line may be held against it."""
        return self.sufficiency == "enough" and self.value is not None


HIDDEN = Value(None, None, None, None, None, "hidden")
EMPTY = Value(0, 0, None, 0, None, "empty")


@dataclass(frozen=True)
class Sides:
    """Sums of a list, not yet fit to be shown: (numerator, denominator, units) of each side."""

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
        few = units < bound("not_judged_below", day)
        numerator, denominator, _ = self.sides[0]
        other = self.sides[1][:2] if len(self.sides) > 1 else None
        return Value(numerator, denominator, other, units, value, "few" if few else "enough")


def suppressed(cells: Mapping[str, Sides], day: dt.date) -> dict[str, Value]:
    """The cells of one cut as they may be shown.

    What is hidden is the whole less the other cells. So at least two are hidden, with as many people together as one
    cell must have: the smallest others are hidden too.
    """
    shown = {name: sides.shown(day) for name, sides in cells.items()}
    hidden = [name for name, value in shown.items() if value.sufficiency == "hidden"]
    rest = (name for name, value in shown.items() if value.sufficiency in ("enough", "few"))
    others = sorted(rest, key=lambda name: (cells[name].units, name))
    while hidden and others and (len(hidden) == 1 or _together(cells, hidden) < bound("hidden_below", day)):
        hidden.append(others.pop(0))
    return shown | dict.fromkeys(hidden, HIDDEN)


def hidden_cells(cells: Mapping[str, Value]) -> list[str]:
    """The cells of a cut that may not be shown."""
    return [name for name, value in cells.items() if value.sufficiency == "hidden"]


def _together(cells: Mapping[str, Sides], names: Iterable[str]) -> int:
    return sum(cells[name].units for name in names)


def bound(name: str, day: dt.date) -> int:
    """A bound on a day: ``hidden_below`` or ``not_judged_below``, in units."""
    value: Any = _lines().at(name, day).value
    return int(value)


@cache
def _lines(path: Path = _CARD) -> Thresholds:
    try:
        return Thresholds(dated_thresholds(tomllib.loads(path.read_text(encoding="utf-8"))["line"]))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        raise CardError(
            "The card of disclosure is incomplete.", where=path.name, problems=[str(error)]
        ) from None
