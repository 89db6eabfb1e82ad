"""The words that accuse, one list for each language (``accusing_words.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_PATTERNS = {
    "zh": re.compile("|".join(_LISTS["zh"])),
    "en": re.compile(rf"\b({'|'.join(_LISTS['en'])})\b", re.IGNORECASE),
}
_QUOTED = re.compile(r"《[^》]*》")
"""Titles of laws and documents are quoted as they are."""
_CODES = re.compile(r"watch(, |、)suspicious\1highly_suspicious")
"""Stored grades, which the command line takes as they are."""


def accusing_words(text: str) -> list[str]:
    """The words of both lists in a text; those in titles of documents are left out."""
    plain = _CODES.sub("", _QUOTED.sub("", text))
    return [matched.group(0) for pattern in _PATTERNS.values() for matched in pattern.finditer(plain)]


def accusing(texts: Iterable[str]) -> dict[str, list[str]]:
    """The texts that have such a word, with the words."""
    return {text: words for text in texts if (words := accusing_words(text))}
