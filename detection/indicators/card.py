"""An indicator's card: what is decided about it, and the words that go with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from detection.detectors.cards import Status, Thresholds

Screen = Literal["participation", "benefit", "accounts", "family_aid", "fund_risk", "awareness"]
Unit = Literal["share", "points", "yuan", "months", "times", "per_10000"]
Direction = Literal["high", "low", "both"]
Comparison = Literal["city", "peers"]
Measured = Literal["value", "difference", "trend"]

SCREENS: tuple[Screen, ...] = ("participation", "benefit", "accounts", "family_aid", "fund_risk", "awareness")
"""In the order in which they stand in the navigation."""
_FEN, _TEN_THOUSAND = 100, 10_000


@dataclass(frozen=True)
class Words:
    """What a card says in one language.

    Attributes:
        title: a name of a few words.
        numerator, denominator: what is counted.
        tells: what a high or a low value tells.
        innocent: what it does not tell: how it can be high or low without anything being amiss.
    """

    title: str
    numerator: str
    denominator: str
    tells: str
    innocent: str


@dataclass(frozen=True)
class AttentionThreshold:
    """From where on an indicator deserves a look, from a day on: supervision's own choice, no law.

    Attributes:
        start: first day that it holds for.
        of: what is held against it: the ``value``, an institution's ``difference`` from what it is compared with, or
            its ``trend``: its change since the period before less the city's.
        direction: ``high`` (above ``above``), ``low`` (below ``below``) or ``both``.
        below, above: bounds in the indicator's own unit; None on the side that is not looked at.
        source, status: as of every value that somebody decided.
        source_zh: the source in Chinese.
    """

    start: dt.date
    of: Measured
    direction: Direction
    below: float | None
    above: float | None
    source: str
    source_zh: str
    status: Status

    def met(self, value: float) -> bool:
        """Whether a value deserves a look."""
        low = self.below is not None and value < self.below
        return low or (self.above is not None and value > self.above)


@dataclass(frozen=True)
class IndicatorCard:
    """One indicator's card.

    Attributes:
        name: the base name of the card's file, and of the function that makes its list.
        screen: where it is shown.
        unit: of the value; ``points`` is a difference of two shares, ``yuan`` fen of the numerator in yuan.
        of: what the integers count: ``fen`` or ``count``, of the numerator and of the denominator.
        statements: the seeds' statements that it answers, for instance A43.
        kinds: kinds of period that it is measured over, the one that the grid shows first.
        cuts: what it is cut by.
        against: what each institution is held against; None where institutions are not compared.
        needs: contract tables and columns without which it is not assessable.
        needs_policy: policy parameters without whose values a period is not assessable.
        rests_on: policy parameters that the count reads: those needed, and those that it does without where nobody
            knows them.
        spans: policy parameters whose versions are named beside the value, needed or not.
        needs_detectors: detectors whose findings it counts.
        lines: dated values of its definition (how many months, how many visits, ...).
        attention: dated, in order.
        parts: phrases of the numerator's parts, by name and language.
        words: by language.
        digest: hash of the card.
    """

    name: str
    screen: Screen
    unit: Unit
    of: tuple[str, str]
    statements: tuple[str, ...]
    kinds: tuple[str, ...]
    cuts: tuple[str, ...]
    against: Comparison | None
    needs: Mapping[str, tuple[str, ...]]
    needs_policy: tuple[str, ...]
    rests_on: tuple[str, ...]
    spans: tuple[str, ...]
    needs_detectors: tuple[str, ...]
    thresholds: Thresholds
    attention: tuple[AttentionThreshold, ...]
    parts: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Words]
    digest: str

    def attention_at(self, day: dt.date, of: Measured = "value") -> AttentionThreshold | None:
        """The attention line in force on a day; None before the first, or where none is drawn for that."""
        begun = [one for one in self.attention if one.start <= day and one.of == of]
        return begun[-1] if begun else None

    @property
    def compares_by(self) -> Measured:
        """What the attention line of institutions is drawn on, where they are compared."""
        return "trend" if any(one.of == "trend" for one in self.attention) else "difference"

    def in_unit(self, value: float) -> float:
        """A quotient in the card's unit: fen become yuan, a share a number of ten thousand; else as it is."""
        match self.unit:
            case "yuan":
                return value / _FEN
            case "per_10000":
                return value * _TEN_THOUSAND
            case _:
                return value

    def drawn(self, day: dt.date) -> dict[str, Any]:
        """The lines of the definition on a day, by name.

        Raises:
            CardError: a line is not drawn yet on that day.
        """
        return {name: self.thresholds.at(name, day).value for name in self.thresholds.values}
