"""The words of a report in one language: messages, figures and names of codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detection.detectors.catalogue import catalogue
from detection.language.districts import DistrictNames
from detection.language.formats import Formats, formats
from detection.language.messages import Messages, code_label


@dataclass(frozen=True)
class Words:
    """The words of one language, ``en`` or ``zh``, with the fund's own names of districts."""

    language: str
    districts: DistrictNames = field(default_factory=dict, repr=False, hash=False)

    def __call__(self, message: str, **values: object) -> str:
        """The message with its placeholders filled.

        Raises:
            KeyError: no such message.
        """
        return Messages(self.language, "report")(message, **values)

    @property
    def figures(self) -> Formats:
        """How the language writes money, counts and days."""
        return formats(self.language)

    def code(self, group: str, code: str) -> str:
        """The name of a code."""
        if group == "district" and code in self.districts:
            return self.districts[code][self.language]
        return code_label(group, code, self.language)

    def district(self, code: str) -> str:
        """The name of a district; a phrase where there is none."""
        return self.code("district", code) if code else self("report.nowhere")

    def detector(self, name: str) -> str:
        """A detector by its card's title; by its name when it has been withdrawn."""
        known = catalogue().get(name)
        return known.card.words[self.language].title if known else name

    def detector_label(self, name: str) -> str:
        """A detector by its card's short label, for lists inside a sentence."""
        known = catalogue().get(name)
        return known.card.words[self.language].label if known else name

    def institution(self, kind: str, level: str, district: str) -> str:
        """The kind, level and district of an institution."""
        named = (self.code("provider_kind", kind), self.code("level", level), self.code("district", district))
        return " · ".join(named)

    def listed(self, items: Iterable[str]) -> str:
        """Items as a list in a sentence."""
        return self.code("list", "separator").join(items)

    def joined(self, sentences: Iterable[str]) -> str:
        """Parts of a sentence."""
        return self("report.separator").join(sentences)

    def numbered(self, number: int, heading: str) -> str:
        """A heading with its number: ``1. Conclusions``, ``一、结论``."""
        return self("report.heading", number=self(f"report.number.{number}"), heading=heading)

    def signed(self, change: int, *, money: bool) -> str:
        """A change of a count, or of fen in yuan, with its sign; zero has none."""
        text = self.figures.yuan(change) if money else self.figures.signed(change, 0)
        return f"+{text}" if money and change > 0 else text
