"""What a report says in one language: messages, numbers, money, days and names of codes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from detection.alerts.sentences import count_text, money_text
from detection.detectors.catalogue import catalogue
from detection.indicators.texts import change_text
from detection.language.messages import code_label, messages
from detection.report.indicators import IndicatorLine


def change_of(one: IndicatorLine) -> float | None:
    """The value less that of the period before; None where either is missing, hidden or rests on few."""
    now, before = (
        point.value.value if point and point.value and point.value.assessed else None
        for point in (one.now, one.before)
    )
    return None if now is None or before is None else now - before


@dataclass(frozen=True)
class Words:
    """The words of one language, ``en`` or ``zh``."""

    language: str

    def __call__(self, message: str, **values: object) -> str:
        """The message with its places filled.

        Raises:
            KeyError: no such message (a test finds these before a reader does).
        """
        return messages(self.language, "report")[message].format(**values)

    def code(self, group: str, code: str) -> str:
        """The name of a code."""
        return code_label(group, code, self.language)

    def district(self, code: str) -> str:
        """The name of a district, or that there is none."""
        return self.code("district", code) if code else self("report.nowhere")

    def detector(self, name: str) -> str:
        """A detector by its card's title."""
        known = catalogue().get(name)
        return known.card.words[self.language].title if known else name

    def place(self, kind: str, level: str, district: str) -> str:
        """What an institution is, and where."""
        named = (self.code("provider_kind", kind), self.code("level", level), self.code("district", district))
        return " · ".join(named)

    def count(self, many: int) -> str:
        """A count with thousands marks."""
        return count_text(many, self.language)

    def money(self, fen: int) -> str:
        """Yuan, exact to the fen."""
        return money_text(fen, self.language)

    def change(self, one: IndicatorLine) -> str:
        """How far the value moved; a dash where that cannot be said."""
        moved = change_of(one)
        return "–" if moved is None else change_text(moved, one.card.unit, self.language)

    def day(self, iso: str) -> str:
        """A date as the language writes it."""
        if self.language == "en":
            return iso[:10]
        found = dt.date.fromisoformat(iso[:10])
        return f"{found.year}年{found.month}月{found.day}日"

    def month(self, month: str) -> str:
        """A month (``2024-03``) as the language writes it."""
        return month if self.language == "en" else f"{month[:4]}年{int(month[5:])}月"

    def period(self, name: str) -> str:
        """A period as it was asked for: ``2024-Q3``, ``2024年第3季度``."""
        if self.language == "en":
            return name
        year, _, part = name.partition("-")
        if not part:
            return f"{year}年"
        if part.startswith("Q"):
            return f"{year}年第{part[1:]}季度"
        if part.startswith("H"):
            return f"{year}年{'上' if part == 'H1' else '下'}半年"
        return self.month(name)
