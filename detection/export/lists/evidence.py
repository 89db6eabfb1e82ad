"""The evidence of an alert: its settlements and its records, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from detection.detectors.cards import Card
from detection.export.lists.listing import Cell, Column, Listing
from detection.language.messages import code_label
from detection.language.text import Text
from detection.store.queries import Reader
from detection.store.queries.alert import alert_page
from detection.store.queries.evidence import EvidenceRow, RecordRow, evidence, records

_COLUMNS = (
    Column("alert_id"),
    Column("table"),
    Column("row_id"),
    Column("at"),
    Column("cause"),
    Column("person"),
    Column("institution"),
    Column("pool", "money"),
    Column("account", "money"),
    Column("source_file"),
    Column("source_row", "count"),
)
_SETTLEMENTS = "settlements"


@dataclass(frozen=True)
class AlertEvidence:
    """The rows behind an alert."""

    alert_id: str
    what: str = "evidence"

    @property
    def detail(self) -> str:
        """The alert."""
        return self.alert_id

    def listing(self, reader: Reader, language: str) -> Listing:
        """Settlements by time, then records by day.

        Raises:
            UsageError: there is no such alert.
        """
        page = alert_page(reader, self.alert_id)
        settled = evidence(reader, self.alert_id, page=1, size=page.row.evidence_rows)
        recorded = records(reader, self.alert_id, page=1, size=page.row.evidence_rows)
        rows = [_settlement(row, page.card, language) for row in settled]
        rows += [_record(row, page.card, language) for row in recorded]
        return Listing(_COLUMNS, tuple((self.alert_id, *cells) for cells in rows))


def _settlement(row: EvidenceRow, card: Card, language: str) -> tuple[Cell, ...]:
    moment = row.settled_at
    return (
        code_label("table", _SETTLEMENTS, language),
        row.settlement,
        moment.at.isoformat(" ", "minutes") if moment.to_the_minute else moment.day.isoformat(),
        _cause(row.cause, card, language),
        row.person,
        row.provider,
        *(row.pool, row.account, row.source_file, row.source_row),
    )


def _record(row: RecordRow, card: Card, language: str) -> tuple[Cell, ...]:
    return (
        code_label("table", row.table, language),
        row.record,
        row.day.isoformat(),
        _cause(row.cause, card, language),
        row.person or None,
        None,
        *(row.pool, row.account, row.source_file, row.source_row),
    )


def _cause(name: str, card: Card, language: str) -> str:
    cause = card.causes.get(name)
    return Text(cause.en, cause.zh)[language] if cause else name
