"""The evidence of an alert: its settlements and its records, with what proves the claim, in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detection.detectors.cards import Card
from detection.export.lists.listing import Cell, Column, Kind, Listing
from detection.language.messages import code_label
from detection.proof.columns import EvidenceColumn, columns_of
from detection.proof.wording import value_text
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
_NUMBERS: Mapping[str, Kind] = {"amount": "money", "count": "count", "km": "number"}
"""Kinds of stored values that stay numbers."""


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
        """Settlements by time, then records by day; the values that are stored with them follow as columns.

        Raises:
            UsageError: there is no such alert.
        """
        page = alert_page(reader, self.alert_id)
        # Equal times in the order of what is shown: that of real ids would say something about them.
        settled = sorted(
            evidence(reader, self.alert_id, page=1, size=page.row.evidence_rows),
            key=lambda row: (row.settled_at.at, row.settlement),
        )
        recorded = sorted(
            records(reader, self.alert_id, page=1, size=page.row.evidence_rows),
            key=lambda row: (row.day, row.table, row.record),
        )
        stored = _stored_columns(page.card, [*settled, *recorded])
        rows = [
            *((*_settlement(row, page.card, language), *_values(row, stored, language)) for row in settled),
            *((*_record(row, page.card, language), *_values(row, stored, language)) for row in recorded),
        ]
        proof = (
            Column(f"proof.{column.name}", _NUMBERS.get(column.kind, "text"), column.title[language])
            for column in stored
        )
        return Listing((*_COLUMNS, *proof), tuple((self.alert_id, *cells) for cells in rows))


def _stored_columns(card: Card, rows: Sequence[EvidenceRow | RecordRow]) -> list[EvidenceColumn]:
    """The columns that a reader may see and that any row has a value of."""
    known = {name for row in rows for name in row.proof}
    return [column for column in columns_of(card) if column.name in known and not column.hidden]


def _values(
    row: EvidenceRow | RecordRow, columns: Sequence[EvidenceColumn], language: str
) -> tuple[Cell, ...]:
    return tuple(_value(row, column, language) for column in columns)


def _value(row: EvidenceRow | RecordRow, column: EvidenceColumn, language: str) -> Cell:
    value = row.proof.get(column.name)
    if column.kind in _NUMBERS and isinstance(value, int | float):
        return value
    return value_text(column, value, language) or None


def _settlement(row: EvidenceRow, card: Card, language: str) -> tuple[Cell, ...]:
    moment = row.settled_at
    return (
        code_label("table", _SETTLEMENTS, language),
        row.settlement,
        moment.at.isoformat(" ", "minutes") if moment.to_the_minute else moment.day.isoformat(),
        card.cause_text(row.cause, language),
        row.person,
        row.provider,
        *(row.pool, row.account, row.source_file, row.source_row),
    )


def _record(row: RecordRow, card: Card, language: str) -> tuple[Cell, ...]:
    return (
        code_label("table", row.table, language),
        row.record,
        row.day.isoformat(),
        card.cause_text(row.cause, language),
        row.person or None,
        None,
        *(row.pool, row.account, row.source_file, row.source_row),
    )
