"""Compare the names of an export with names that such columns and files are known to have."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.intake.drafting.toml import Value
from features.intake.mapping.naming import loosely

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[\u4e00-\u9fff]+")
_LATER = 0.02
"""What a phrase loses for each that stands before it."""
_EXTRA = 0.35
"""What a word loses that only one of two names has."""


@dataclass(frozen=True)
class KnownNames:
    """The content of known_names.toml: words, and phrases of files, of columns and of codes."""

    words: Mapping[str, str]
    files: Mapping[str, Sequence[str]]
    columns: Mapping[str, Mapping[str, Sequence[str]]]
    codes: Mapping[str, Sequence[str]]

    def column(self, name: str, table: str, column: str) -> float:
        """How much a name resembles a contract column, 0 to 1."""
        if loosely(name) == loosely(column):
            return 1.0
        return self._best(name, self.columns.get(table, {}).get(column, ()))

    def file(self, name: str, table: str) -> float:
        """How much a file's name resembles a table, 0 to 1."""
        return self._best(name, self.files.get(table, ()))

    def code(self, value: str, codes: Sequence[str]) -> str | None:
        """The code that a word means; None where it is none of them."""
        wanted = value.strip().lower()
        meant = [code for code in codes if wanted == code or wanted in self.codes.get(code, ())]
        return meant[0] if len(meant) == 1 else None

    def _best(self, name: str, phrases: Sequence[str]) -> float:
        scores = [
            _alike(self._words(name), self._words(phrase)) - _LATER * place
            for place, phrase in enumerate(phrases)
        ]
        return max(scores, default=0.0)

    def _words(self, name: str) -> frozenset[str]:
        parts = [part.lower() for part in _PART.findall(name)]
        expanded = (self.words.get(part, part) for part in parts)
        return frozenset(word for words in expanded for word in words.split())


@cache
def known_names() -> KnownNames:
    """Read known_names.toml."""
    text = (Path(__file__).parent / "known_names.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    return KnownNames(content["words"], content["files"], content["columns"], content["codes"])


def code_values(values: Sequence[str], codes: Sequence[str]) -> dict[str, Value] | None:
    """The codes that the values of a column mean; None where most of them mean none of them.

    Args:
        values: the different values.
        codes: the contract's codes.
    """
    meant: dict[str, Value] = {}
    for value in values:
        code = known_names().code(value, codes)
        if code is not None:
            meant[value] = code
    return meant if len(meant) * 2 > len(values) else None


def _alike(left: frozenset[str], right: frozenset[str]) -> float:
    common = len(left & right)
    if not common:
        return 0.0
    return max(1.0 - _EXTRA * len(left ^ right), 0.0) * math.sqrt(common / len(right))
