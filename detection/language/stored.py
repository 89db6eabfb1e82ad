"""Sentences that intake stored as English text, in both languages: their form says which sentence it is."""

from __future__ import annotations

import re
from functools import cache

from detection.language.messages import messages
from detection.language.text import Text

CATALOGUE = "intake"
_PLACE = re.compile(r"\{(\w+)[^}]*\}")


def stored_text(text: str) -> Text:
    """A sentence of intake in both languages; English in both where it is not known."""
    for pattern, chinese in _patterns():
        match = pattern.fullmatch(text)
        if match:
            parts = {name: stored_text(part)["zh"] for name, part in match.groupdict().items()}
            return Text(text, chinese.format(**parts))
    return Text.same(text)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The English sentences as patterns, those with the longest fixed text first, and each in Chinese."""
    chinese = messages("zh", CATALOGUE)
    ordered = sorted(chinese, key=lambda english: (-len(_PLACE.sub("", english)), english))
    return tuple((_pattern(english), chinese[english]) for english in ordered)


def _pattern(english: str) -> re.Pattern[str]:
    pieces = _PLACE.split(english)
    fixed, names = pieces[::2], pieces[1::2]
    text = re.escape(fixed[0])
    for name, piece in zip(names, fixed[1:], strict=True):
        text += f"(?P<{name}>.+?){re.escape(piece)}"
    return re.compile(text, re.DOTALL)
