"""Sentences of the doctor in both languages, and the sentences of intake in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from detection.language.messages import messages
from detection.language.text import Text

Value = str | int | Text
_PLACE = re.compile(r"\\\{(\w+)\\\}")


def both(message: str, **values: Value) -> Text:
    """A message of the doctor's catalogue with its placeholders filled: numbers with thousands marks."""
    return Text(_filled("en", message, values), _filled("zh", message, values))


def shown(names: Sequence[str], most: int) -> Text:
    """The first names of a list, and how many more there are."""
    first, more = list(names[:most]), len(names) - most
    if more <= 0:
        return Text(", ".join(first), "、".join(first))
    return Text(f"{', '.join(first)} and {more:,} more", f"{'、'.join(first)} 等 {len(names):,} 项")


def of_intake(text: str) -> Text:
    """A sentence of intake, which writes English, in both languages; English in both where it is not known."""
    for message, pattern in _patterns():
        match = pattern.fullmatch(text)
        if match:
            parts = {name: of_intake(part)["zh"] for name, part in match.groupdict().items()}
            return Text(text, messages("zh", "intake")[message].format(**parts))
    return Text.same(text)


def _filled(language: str, message: str, values: dict[str, Value]) -> str:
    return messages(language, "doctor")[message].format(
        **{name: _plain(value, language) for name, value in values.items()}
    )


def _plain(value: Value, language: str) -> str:
    match value:
        case Text():
            return value[language]
        case int():
            return f"{value:,}"
    return value


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The messages of intake's catalogue as patterns, those with the longest fixed text first."""
    english = messages("en", "intake")
    ordered = sorted(english, key=lambda message: (-len(re.sub(r"\{\w+\}", "", english[message])), message))
    return tuple(
        (message, re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(english[message])), re.DOTALL))
        for message in ordered
    )
