"""Legal citations, and how the readers of a language write them: ``国务院令第735号第17条、第41条``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from detection.language.messages import messages


@dataclass(frozen=True)
class Citation:
    """A legal instrument that applies to events of an alert.

    Attributes:
        instrument, article: English names, which the catalogues translate; article None where it is not known.
        start, end: first and last day of the events that it covers, where it does not cover all of them.
    """

    instrument: str
    article: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None

    def to_json(self) -> dict[str, str | None]:
        """As it is stored: ``{instrument, article, from, to}``."""
        start, end = (day.isoformat() if day else None for day in (self.start, self.end))
        return {"instrument": self.instrument, "article": self.article, "from": start, "to": end}

    @classmethod
    def from_json(cls, stored: Mapping[str, str | None]) -> Citation:
        """The stored citation."""
        start, end = (dt.date.fromisoformat(day) if day else None for day in (stored["from"], stored["to"]))
        return cls(str(stored["instrument"]), stored["article"], start, end)


def law_text(citation: Citation, language: str) -> str:
    """An instrument, its article and the events that it covers.

    Args:
        citation: as an alert keeps it.
        language: ``en`` or ``zh``; what the catalogue does not translate stays English, set off by a comma.
    """
    known = messages(language, "codes")
    instrument = known.get(f"instrument.{citation.instrument}")
    article = known.get(f"article.{citation.article}")
    law = instrument or citation.instrument
    if citation.article:
        form = "law.article" if instrument and article else "law.article_untranslated"
        law = known[form].format(instrument=law, article=article or citation.article)
    start, end = citation.start, citation.end
    if not start and not end:
        return law
    covers = "law.between" if start and end else "law.from" if start else "law.until"
    return known[covers].format(law=law, start=start, end=end)
