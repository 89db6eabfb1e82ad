"""Thresholds: dated values that supervision chose, looked up by the day of the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import narwhals.stable.v2 as nw

from detection.language.text import Text
from features.calendar import day_number
from features.dated import Status
from features.errors import CardError


@dataclass(frozen=True)
class Threshold:
    """A value that supervision chose, in force from a day until the next one.

    Attributes:
        start: first day in force.
        value, unit, source, status: the value, and where it comes from.
        en, zh: what it is, in a few words; empty where its card does not say.
        stricter: whether a ``higher`` or a ``lower`` value raises fewer alerts; empty where its card does not say.
    """

    start: dt.date
    value: int | float | str | list[str]
    unit: str
    source: str
    status: Status
    en: str = ""
    zh: str = ""
    stricter: str = ""


@dataclass(frozen=True)
class Thresholds:
    """The dated thresholds of one card, looked up by the day of the event; all that a deterministic detector has."""

    values: Mapping[str, tuple[Threshold, ...]]

    def at(self, name: str, day: dt.date) -> Threshold:
        """The threshold in force on a day.

        Raises:
            CardError: the card has no such threshold, or none on that day yet.
        """
        dated = self.values.get(name)
        if not dated:
            raise CardError(
                "The card has no threshold named {name!r}.",
                next_step="add a [[threshold]] with that name",
                name=name,
            )
        for threshold in reversed(dated):
            if threshold.start <= day:
                return threshold
        raise CardError(
            "Threshold {name!r} is needed for {day}, but its first value is from {start}.",
            next_step="add an earlier [[threshold]] or leave that period out",
            name=name,
            day=day,
            start=dated[0].start,
        )

    def title(self, name: str, language: str) -> str:
        """What a threshold is, in a few words of a language; its name where its card does not say."""
        titles = [Text(each.en, each.zh)[language] for each in self.values.get(name, ())]
        return next((title for title in reversed(titles) if title), name)

    def expression(self, name: str, day: nw.Expr) -> nw.Expr:
        """The threshold in force as a Narwhals expression of a ``*_day`` column; null before the first.

        Raises:
            CardError: the card has no such threshold.
        """
        if name not in self.values:
            self.at(name, dt.date.max)
        in_force: nw.Expr = nw.lit(None, dtype=nw.Float64)
        for threshold in self.values[name]:
            begun = day >= day_number(threshold.start)
            value = None if isinstance(threshold.value, list) else threshold.value
            in_force = nw.when(begun).then(nw.lit(value).cast(nw.Float64)).otherwise(in_force)
        return in_force

    def replacing(self, **values: Any) -> Thresholds:
        """The same thresholds with other values from the first day on (trials, property tests)."""
        trial = {
            name: (replace(self.values[name][0], value=value, source="trial", status="illustrative"),)
            for name, value in values.items()
        }
        return Thresholds({**self.values, **trial})


@dataclass(frozen=True)
class StatisticalThresholds(Thresholds):
    """The thresholds of a statistical detector, which assesses a whole period by the most recent values."""

    def latest(self, name: str) -> Any:
        """The most recent value of a threshold.

        Raises:
            CardError: the card has no such threshold.
        """
        return self.at(name, dt.date.max).value

    def only(self, *names: str) -> StatisticalThresholds:
        """Some of the thresholds: cards that agree on them share what is computed from them."""
        return StatisticalThresholds({name: self.values[name] for name in names if name in self.values})
