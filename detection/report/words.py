"""The words of a report in one language: messages, figures and names of codes."""

from __future__ import annotations

from dataclasses import dataclass

from detection.detectors.catalogue import catalogue
from detection.indicators.texts import change_text
from detection.language.formats import Formats, formats
from detection.language.messages import Messages, code_label
from detection.report.indicators import IndicatorLine


def change_of(indicator: IndicatorLine) -> float | None:
    """The value less that of the period before; None where either is missing, hidden or rests on few people."""
    now, before = (
        point.value.value if point and point.value and point.value.assessed else None
        for point in (indicator.now, indicator.before)
    )
    return None if now is None or before is None else now - before


@dataclass(frozen=True)
class Words:
    """The words of one language, ``en`` or ``zh``."""

    language: str

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
        return code_label(group, code, self.language)

    def district(self, code: str) -> str:
        """The name of a district; a phrase where there is none."""
        return self.code("district", code) if code else self("report.nowhere")

    def detector(self, name: str) -> str:
        """A detector by its card's title; by its name when it has been withdrawn."""
        known = catalogue().get(name)
        return known.card.words[self.language].title if known else name

    def institution(self, kind: str, level: str, district: str) -> str:
        """The kind, level and district of an institution."""
        named = (self.code("provider_kind", kind), self.code("level", level), self.code("district", district))
        return " · ".join(named)

    def change(self, indicator: IndicatorLine) -> str:
        """How far the value moved; a dash where that is unknown."""
        change = change_of(indicator)
        return "–" if change is None else change_text(change, indicator.card.unit, self.language)
