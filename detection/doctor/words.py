"""Sentences of the doctor in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from detection.language.formats import formats
from detection.language.messages import messages
from detection.language.text import Text

Value = str | int | Text


def both(message: str, **values: Value) -> Text:
    """A message of the doctor's catalogue with its placeholders filled: numbers with thousands marks."""
    return Text(_filled("en", message, values), _filled("zh", message, values))


def shown(names: Sequence[str], most: int) -> Text:
    """The first names of a list, and how many more there are."""
    first, more = list(names[:most]), len(names) - most
    if more <= 0:
        return Text(", ".join(first), "、".join(first))
    return Text(f"{', '.join(first)} and {more:,} more", f"{'、'.join(first)} 等 {len(names):,} 项")


def _filled(language: str, message: str, values: dict[str, Value]) -> str:
    return messages(language, "doctor")[message].format(
        **{name: _plain(value, language) for name, value in values.items()}
    )


def _plain(value: Value, language: str) -> str:
    match value:
        case Text():
            return value[language]
        case int():
            return formats(language).count(value)
    return value
