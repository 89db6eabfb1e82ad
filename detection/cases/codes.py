"""Verdicts with their structured reasons, and the other codes that a move may name (codes.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.dated import TomlModel

VERDICTS = "verdict"
"""Name of the list of all verdicts."""
_BETWEEN = "/"


class VerdictEntry(TomlModel):
    """One verdict of codes.toml."""

    label: bool
    reasons: list[str]


class CodesFile(TomlModel):
    """The content of codes.toml."""

    verdict: dict[str, VerdictEntry]
    list: dict[str, list[str]]


@dataclass(frozen=True)
class Verdict:
    """A verdict: whether models and scorecards learn from it, and the reasons that it may have."""

    name: str
    label: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Codes:
    """Verdicts by name, and the codes of each list that moves name; a verdict is written ``verdict/reason``."""

    verdicts: Mapping[str, Verdict]
    lists: Mapping[str, tuple[str, ...]]

    def of(self, name: str) -> Sequence[str]:
        """The codes of a list, verdicts with each of their reasons; empty for a list that there is not."""
        if name == VERDICTS:
            return self._with_reasons(tuple(self.verdicts))
        codes = self.lists.get(name, ())
        return self._with_reasons(codes) if set(codes) <= set(self.verdicts) else codes

    def group(self, name: str) -> str:
        """The group of names (`detection.language.messages.case_label`) that the codes of a list have."""
        return VERDICTS if name == VERDICTS or set(self.lists.get(name, ())) <= set(self.verdicts) else name

    def verdict_of(self, code: str) -> Verdict | None:
        """The verdict of a code ``verdict/reason``; None where it is none."""
        return self.verdicts.get(code.split(_BETWEEN)[0])

    def _with_reasons(self, names: Sequence[str]) -> Sequence[str]:
        return tuple(f"{name}{_BETWEEN}{reason}" for name in names for reason in self.verdicts[name].reasons)


@cache
def codes() -> Codes:
    """Read codes.toml.

    Raises:
        ValidationError: an entry is missing, unknown or of a wrong type.
    """
    text = Path(__file__).with_name("codes.toml").read_text(encoding="utf-8")
    file = CodesFile.model_validate(tomllib.loads(text))
    verdicts = {
        name: Verdict(name, entry.label, tuple(entry.reasons)) for name, entry in file.verdict.items()
    }
    return Codes(verdicts, {name: tuple(values) for name, values in file.list.items()})
