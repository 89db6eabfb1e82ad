"""The rows behind an alert, masked: settlements and records, each with where it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import func, select

from detection.alerts.moment import Moment
from detection.proof.columns import IDS, evidence_columns
from detection.proof.values import Proof
from detection.store.engines.sql import Greatest, Least, first
from detection.store.queries import stored
from detection.store.queries.reader import Reader
from detection.store.schema import Evidence, RecordEvidence

_PICTURE_ROWS = 2_000


@dataclass(frozen=True)
class EvidenceRow:
    """One settlement of the evidence, ids masked, with the row of the file that it came from; money in fen.

    ``proof`` has the values that carry the claim, by column (`detection.proof.columns`).
    ``provider`` is the institution's name, ``institution`` its pseudonym.
    """

    settlement: str
    cause: str
    person: str
    provider: str
    settled_at: Moment
    pool: int
    account: int
    source_file: str
    source_row: int
    proof: Proof = field(default_factory=dict)
    institution: str = ""


@dataclass(frozen=True)
class RecordRow:
    """One record of the evidence that is no settlement, ids masked, money signed (fen)."""

    table: str
    record: str
    cause: str
    person: str
    day: dt.date
    pool: int
    account: int
    source_file: str
    source_row: int
    proof: Proof = field(default_factory=dict)


def evidence(reader: Reader, alert_id: str, *, page: int, size: int | None) -> list[EvidenceRow]:
    """One page of the settlements, by time; all when ``size`` is None."""
    return [_settlement(reader, row) for row in stored.evidence(reader, alert_id, page=page, size=size)]


def evidence_count(reader: Reader, alert_id: str) -> int:
    """Number of settlements."""
    return reader.session.scalar(select(func.count()).where(Evidence.alert_id == alert_id)) or 0


def records(reader: Reader, alert_id: str, *, page: int, size: int | None) -> list[RecordRow]:
    """One page of the records, by day; all when ``size`` is None."""
    return [_record(reader, row) for row in stored.records(reader, alert_id, page=page, size=size)]


def record_count(reader: Reader, alert_id: str) -> int:
    """Number of records."""
    return reader.session.scalar(select(func.count()).where(RecordEvidence.alert_id == alert_id)) or 0


def record_months(reader: Reader, alert_id: str) -> list[tuple[str, int, int]]:
    """Month, fen above zero and fen below zero of the records of an alert, in order."""
    row = RecordEvidence
    month, amount = first(row.record_day, 7), row.pool + row.account
    query = (
        select(month, func.sum(Greatest(amount, 0)), func.sum(Least(amount, 0)))
        .where(row.alert_id == alert_id)
        .group_by(month)
        .order_by(month)
    )
    return [(str(name), int(over), int(owed)) for name, over, owed in reader.session.execute(query)]


def picture_rows(reader: Reader, alert_id: str) -> list[EvidenceRow]:
    """The settlements that a picture shows: all of them, up to a number that a reader can survey."""
    return evidence(reader, alert_id, page=1, size=_PICTURE_ROWS)


def picture_records(reader: Reader, alert_id: str) -> list[RecordRow]:
    """The records that a picture shows, up to the same number."""
    return records(reader, alert_id, page=1, size=_PICTURE_ROWS)


def ids_of_evidence(reader: Reader, alert_id: str) -> list[str]:
    """Pseudonyms of the people, then of the settlements and records, of the rows that a reader can survey."""
    settled = picture_rows(reader, alert_id)
    recorded = records(reader, alert_id, page=1, size=_PICTURE_ROWS)
    people = [row.person for row in settled] + [row.person for row in recorded if row.person]
    rows = [row.settlement for row in settled] + [row.record for row in recorded]
    proofs = [row.proof for row in settled] + [row.proof for row in recorded]
    masked = {name for name, column in evidence_columns().items() if column.kind in IDS}
    named = [str(value) for proof in proofs for name, value in proof.items() if name in masked]
    return list(dict.fromkeys([*people, *rows, *named]))


def _settlement(reader: Reader, row: Evidence) -> EvidenceRow:
    return EvidenceRow(
        reader.identity("settlement", row.settlement_id),
        row.cause,
        reader.identity("person", row.person_id),
        reader.name("provider", row.provider_id),
        Moment.from_text(row.settled_at),
        row.pool,
        row.account,
        row.source_file,
        row.source_row,
        _masked(reader, row.proof or {}),
        reader.identity("provider", row.provider_id),
    )


def _record(reader: Reader, row: RecordEvidence) -> RecordRow:
    return RecordRow(
        row.record_table,
        reader.identity("record", row.record_id),
        row.cause,
        reader.identity("person", row.person_id),
        dt.date.fromisoformat(row.record_day),
        row.pool,
        row.account,
        row.source_file,
        row.source_row,
        _masked(reader, row.proof or {}),
    )


def _masked(reader: Reader, proof: Proof) -> Proof:
    """What is stored of a row, ids as this reader shows them; columns that no longer exist are left out."""
    catalogue = evidence_columns()
    known = {name: value for name, value in proof.items() if name in catalogue}
    return {
        name: reader.name(catalogue[name].kind, str(value)) if catalogue[name].kind in IDS else value
        for name, value in known.items()
    }
