"""A text in both languages of the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True)
class Text:
    """One text, in English and Chinese; ``text["zh"]`` is the Chinese one."""

    en: str
    zh: str

    @classmethod
    def of(cls, pair: Mapping[str, object]) -> Text:
        """The text of a stored pair ``{"en": …, "zh": …}``; a side that is missing is empty."""
        return cls(str(pair.get("en", "")), str(pair.get("zh", "")))

    @classmethod
    def same(cls, text: str) -> Text:
        """A text that is the same in both languages: what a person wrote, a code."""
        return cls(text, text)

    def __getitem__(self, language: str) -> str:
        """The text in a language.

        Raises:
            KeyError: neither ``en`` nor ``zh``.
        """
        return self.to_json()[language]

    def __bool__(self) -> bool:
        """Whether either side says anything."""
        return bool(self.en or self.zh)

    def to_json(self) -> dict[str, str]:
        """The pair as it is stored."""
        return {"en": self.en, "zh": self.zh}
