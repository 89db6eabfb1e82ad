"""Thresholds of indicators: dated values of a card, and those in force on one day by name and type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detection.detectors.cards import Threshold
from features.dated import NamedValue, by_name
from features.errors import CardError
from features.message import Message

ThresholdValue = int | float | str | list[str]


@dataclass(frozen=True)
class ThresholdValues:
    """Thresholds in force on one day.

    Attributes:
        values: by name.
    """

    values: Mapping[str, ThresholdValue]

    def integer(self, name: str) -> int:
        """A whole number, for instance of months.

        Raises:
            CardError: there is no such threshold, or it is no whole number.
        """
        value = self._value(name)
        if isinstance(value, int):
            return value
        raise _wrong_type(name, value, Message("a whole number"))

    def number(self, name: str) -> float:
        """A number, for instance a share.

        Raises:
            CardError: there is no such threshold, or it is no number.
        """
        value = self._value(name)
        if isinstance(value, int | float):
            return value
        raise _wrong_type(name, value, Message("a number"))

    def texts(self, name: str) -> list[str]:
        """A list of texts, for instance words to look for.

        Raises:
            CardError: there is no such threshold, or it is no list.
        """
        value = self._value(name)
        if isinstance(value, list):
            return value
        raise _wrong_type(name, value, Message("a list of texts"))

    def _value(self, name: str) -> ThresholdValue:
        if name not in self.values:
            raise CardError(
                "The card has no threshold named {name!r}.",
                next_step="known: {names}",
                names=list(self.values) or [Message("none")],
                name=name,
            )
        return self.values[name]


def thresholds_of(entries: Sequence[NamedValue]) -> dict[str, tuple[Threshold, ...]]:
    """The dated thresholds of a file by name, in order of their dates."""
    return {
        name: tuple(
            Threshold(
                start=entry.start,
                value=entry.value,
                unit=entry.unit,
                source=entry.source,
                status=entry.status,
            )
            for entry in dated
        )
        for name, dated in by_name(entries).items()
    }


def _wrong_type(name: str, value: ThresholdValue, expected: Message) -> CardError:
    return CardError(
        "Threshold {name!r} is {value!r}, but {expected} is needed.",
        next_step="correct the card",
        name=name,
        value=value,
        expected=expected,
    )
