"""An indicator's card: its unit, periods, cuts, thresholds and needs, and its texts in two languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detection.detectors.cards import Thresholds
from detection.indicators.thresholds import ThresholdValues
from features.dated import Status
from features.money import FEN_PER_YUAN

Screen = Literal["participation", "benefit", "accounts", "family_aid", "fund_risk", "awareness"]
Unit = Literal["share", "points", "yuan", "months", "times", "per_10000"]
Direction = Literal["high", "low", "both"]
Comparison = Literal["city", "peers"]
Measured = Literal["value", "difference", "trend"]

SCREENS: tuple[Screen, ...] = ("participation", "benefit", "accounts", "family_aid", "fund_risk", "awareness")
"""In the order in which they stand in the navigation."""
_TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class Words:
    """Texts of a card in one language.

    Attributes:
        title: a name of a few words.
        numerator, denominator: what is counted.
        meaning: what a high or a low value means.
        innocent_explanation: how the value can be high or low although nothing is wrong.
    """

    title: str
    numerator: str
    denominator: str
    meaning: str
    innocent_explanation: str


@dataclass(frozen=True)
class AttentionThreshold:
    """Bounds beyond which a value deserves review, in force from a day on. Supervision chose them; no law did.

    Attributes:
        start: first day in force.
        of: what is compared with them: the ``value``, an institution's ``difference`` from its reference, or its
            ``trend``: its change since the period before less the city's.
        direction: ``high`` (above ``above``), ``low`` (below ``below``) or ``both``.
        below, above: bounds in the indicator's own unit; None on a side without a bound.
        source, status: where the bounds come from, and whether that is verified.
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
        """Whether a value lies beyond a bound."""
        low = self.below is not None and value < self.below
        return low or (self.above is not None and value > self.above)


@dataclass(frozen=True)
class IndicatorCard:
    """One indicator's card.

    Attributes:
        name: the base name of the card's file, and of the function that builds its list.
        screen: the screen that shows it.
        unit: of the value; ``points`` is a difference of two shares, ``yuan`` fen of the numerator in yuan.
        of: what the integers count: ``fen`` or ``count``, of the numerator and of the denominator.
        statements: the seeds' statements that it answers, for instance A43.
        kinds: kinds of period that it is measured over; the grid shows the first.
        cuts: what it is cut by.
        against: what each institution is compared with; None where institutions are not compared.
        needs: contract tables and columns without which it is not assessable.
        needs_policy: policy parameters without whose values a period is not assessable.
        rests_on: policy parameters that the count reads: those needed, and those that it does without where they are
            unknown.
        spans: policy parameters whose versions are named beside the value, needed or not.
        needs_detectors: detectors whose findings it counts.
        thresholds: dated values of its definition (how many months, how many visits, ...).
        attention: attention thresholds in order of their dates.
        parts: names of the numerator's parts, by code and language.
        words: texts by language.
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
        """The attention threshold in force on a day; None before the first, or where there is none for ``of``."""
        begun = [threshold for threshold in self.attention if threshold.start <= day and threshold.of == of]
        return begun[-1] if begun else None

    @property
    def compares_by(self) -> Measured:
        """What the attention threshold of institutions is compared with, where institutions are compared."""
        return "trend" if any(threshold.of == "trend" for threshold in self.attention) else "difference"

    @property
    def of_whole(self) -> bool:
        """Whether the numerator is a part of the denominator."""
        return self.unit in ("share", "points", "per_10000")

    def in_unit(self, value: float) -> float:
        """A quotient in the card's unit: fen become yuan, a share a number of ten thousand; else as it is."""
        match self.unit:
            case "yuan":
                return value / FEN_PER_YUAN
            case "per_10000":
                return value * _TEN_THOUSAND
            case _:
                return value

    def thresholds_on(self, day: dt.date) -> ThresholdValues:
        """The thresholds of the definition in force on a day.

        Raises:
            CardError: a threshold is not in force yet on that day.
        """
        return ThresholdValues({name: self.thresholds.at(name, day).value for name in self.thresholds.values})
