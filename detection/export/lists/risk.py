"""The list of subjects of a kind by risk."""

from __future__ import annotations

from dataclasses import dataclass

from detection.detectors.catalogue import catalogue
from detection.export.lists.listing import Cell, Column, Listing
from detection.language.messages import Messages
from detection.store.queries import Reader
from detection.store.queries.risk import RiskRow, Sign, risk_list

_COLUMNS = (
    Column("rank", "count"),
    Column("name"),
    Column("subject"),
    Column("risk", "number"),
    Column("spend_rank", "count"),
    Column("rank_without", "count"),
    Column("signs"),
    Column("reasons"),
    Column("open_alerts", "count"),
)


@dataclass(frozen=True)
class RiskSubjects:
    """Subjects of a kind that any evidence points to, highest risk first."""

    kind: str
    what: str = "risk"

    @property
    def detail(self) -> str:
        """The kind."""
        return self.kind

    def listing(self, reader: Reader, language: str) -> Listing:
        """All subjects of the list."""
        total = risk_list(reader, self.kind, size=0).total
        listed = risk_list(reader, self.kind, size=max(total, 1))
        return Listing(_COLUMNS, tuple(_cells(row, language) for row in listed.rows))


def _cells(row: RiskRow, language: str) -> tuple[Cell, ...]:
    comma = Messages(language, "export")("comma")
    return (
        row.rank,
        row.name,
        row.subject,
        row.risk,
        None,  # the rank by spend names most people to whoever has the claims
        row.rank_without,
        comma.join(_sign(sign, language) for sign in row.signs) or None,
        comma.join(reason[language] for reason in row.reasons) or None,
        row.alerts,
    )


def _sign(sign: Sign, language: str) -> str:
    known = catalogue().get(sign.detector)
    return f"{known.card.words[language].label if known else sign.detector} {sign.value:.1f}"
