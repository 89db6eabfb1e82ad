"""Numbers by name and date: what the cards about all alerts hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from features.dated import NamedValue, by_name, named_values, read_toml, with_new_keys
from features.errors import CardError
from features.message import Message

_RENAMED = {"line": "threshold"}


@dataclass(frozen=True)
class DatedNumbers:
    """The thresholds of one card.

    Attributes:
        title: the card in words, for messages: ``The risk card``.
        file: its file name.
        thresholds: by name, in order of their dates.
    """

    title: Message
    file: str
    thresholds: dict[str, tuple[NamedValue, ...]]

    def number(self, name: str, day: dt.date) -> float:
        """The number in force on a day.

        Raises:
            CardError: the card has no such number on that day.
        """
        dated = [each for each in self.thresholds.get(name, ()) if each.start <= day]
        if not dated or isinstance(dated[-1].value, str | list):
            raise CardError(
                "{title} has no number {name!r} on {day}.",
                where=self.file,
                title=self.title,
                name=name,
                day=day,
            )
        return float(dated[-1].value)


def read_numbers(path: Path, title: Message) -> DatedNumbers:
    """Read a card of ``[[threshold]]`` tables.

    Raises:
        CardError: the card is not TOML, has no threshold, or one lacks a part.
    """
    content = with_new_keys(read_toml(path, CardError), _RENAMED, path.name)
    values, problems = named_values(NamedValue, content.get("threshold"), "threshold")
    if problems or not values:
        raise CardError("{title} is incomplete.", title=title, where=path.name, problems=problems)
    return DatedNumbers(title, path.name, by_name(values))
