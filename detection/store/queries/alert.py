"""Alert: "What was seen, is it unusual, what speaks against it, what next?"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from detection.alerts.draft import EXPLAINED
from detection.detectors.cards import Card
from detection.store.queries.alerts import Row, listed
from detection.store.queries.peers import Strip, own_values, strip
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Evidence, RecordEvidence

_PICTURE_ROWS = 2_000
_SIMILAR = 8


@dataclass(frozen=True)
class EvidenceRow:
    """One settlement of the evidence, ids masked, with the row of the file that it came from."""

    settlement: str
    cause: str
    person: str
    provider: str
    settled_at: str
    pool: int
    account: int
    source_file: str
    source_row: int


@dataclass(frozen=True)
class RecordRow:
    """One record of the evidence that is no settlement, ids masked, money signed."""

    table: str
    record: str
    cause: str
    person: str
    day: str
    pool: int
    account: int
    source_file: str
    source_row: int


@dataclass(frozen=True)
class Priced:
    """One settlement of the evidence, its id masked, and its price step by step: fen, and what it is."""

    settlement: str
    steps: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Event:
    """What a person or a run did to the alert; a person's note is the same in both languages."""

    at: str
    actor: str
    action: str
    status_after: str
    note_en: str
    note_zh: str


@dataclass(frozen=True)
class AlertPage:
    """One alert with everything that argues for and against it."""

    row: Row
    provider: str
    detector_kind: str
    certainty: str
    family: str
    seen_en: str
    seen_zh: str
    members: tuple[str, ...]
    figures: dict[str, Any]
    priced: tuple[Priced, ...]
    reasons: tuple[dict[str, Any], ...]
    counter_evidence: tuple[dict[str, Any], ...]
    leaves_list_if: dict[str, Any]
    leaves_values: dict[str, float | None]
    legal_basis: tuple[str, ...]
    values_used: dict[str, Any]
    card: Card
    card_digest: str
    model_version: str | None
    run_id: str
    first_run_id: str
    closed_en: str
    closed_zh: str
    events: tuple[Event, ...]
    similar: tuple[Row, ...]
    similar_count: int


def alert(reader: Reader, alert_id: str) -> AlertPage | None:
    """The alert; None where there is none of this id."""
    one = reader.session.get(Alert, alert_id)
    if one is None:
        return None
    return AlertPage(
        row=listed(reader, [one])[0],
        provider=reader.masked("provider", one.provider_id),
        detector_kind=one.detector_kind,
        certainty=one.certainty,
        family=one.family,
        seen_en=reader.sentence(one.seen_en),
        seen_zh=reader.sentence(one.seen_zh),
        members=tuple(reader.masked("person", str(member)) for member in one.member_ids),
        figures={name: value for name, value in one.figures.items() if name != EXPLAINED},
        priced=tuple(
            Priced(reader.masked("settlement", told["settlement_id"]), tuple(told["steps"]))
            for told in one.figures.get(EXPLAINED, ())
        ),
        reasons=tuple(one.reasons),
        counter_evidence=tuple(_rendered(reader, found) for found in one.counter_evidence),
        leaves_list_if=one.leaves_list_if,
        leaves_values=own_values(
            reader, one.subject_kind, one.subject_id, one.leaves_list_if.get("features", [])
        ),
        legal_basis=tuple(str(basis) for basis in one.legal_basis),
        values_used=one.values_used,
        card=reader.card(one.card_digest),
        card_digest=one.card_digest,
        model_version=one.model_version,
        run_id=one.run_id,
        first_run_id=one.first_run_id,
        closed_en=one.closed_reason or "",
        closed_zh=one.closed_reason_zh or "",
        events=tuple(
            Event(
                event.at,
                event.actor,
                event.action,
                event.status_after,
                event.note,
                event.note_zh or event.note,
            )
            for event in reversed(reader.events(alert_id))
        ),
        similar=_similar(reader, one),
        similar_count=reader.session.scalar(select(func.count()).select_from(_others(one).subquery())) or 0,
    )


def evidence(reader: Reader, alert_id: str, *, page: int, size: int) -> list[EvidenceRow]:
    """One page of the evidence, by time."""
    return [_evidence(reader, one) for one in reader.evidence(alert_id, page=page, size=size)]


def evidence_count(reader: Reader, alert_id: str) -> int:
    """Number of settlements of the evidence."""
    return reader.session.scalar(select(func.count()).where(Evidence.alert_id == alert_id)) or 0


def records(reader: Reader, alert_id: str, *, page: int, size: int) -> list[RecordRow]:
    """One page of the records that are evidence, by day."""
    return [_record(reader, one) for one in reader.records(alert_id, page=page, size=size)]


def record_count(reader: Reader, alert_id: str) -> int:
    """Number of records of the evidence."""
    return reader.session.scalar(select(func.count()).where(RecordEvidence.alert_id == alert_id)) or 0


def record_months(reader: Reader, alert_id: str) -> list[tuple[str, int, int]]:
    """Month, fen above zero and fen below zero of the records of an alert, in order."""
    one = RecordEvidence
    month, amount = func.substr(one.record_day, 1, 7), one.pool + one.account
    query = (
        select(month, func.sum(func.max(amount, 0)), func.sum(func.min(amount, 0)))
        .where(one.alert_id == alert_id)
        .group_by(month)
        .order_by(month)
    )
    return [(str(when), int(over), int(owed)) for when, over, owed in reader.session.execute(query)]


def picture_rows(reader: Reader, alert_id: str) -> list[EvidenceRow]:
    """The evidence that a picture draws: all of it up to a number that an eye can take in."""
    return evidence(reader, alert_id, page=1, size=_PICTURE_ROWS)


def peer_strips(reader: Reader, alert_id: str) -> list[Strip]:
    """The features that the score rests on, each over the peers that its reason counted."""
    one = reader.session.get(Alert, alert_id)
    if one is None:
        return []
    told = [(str(reason["feature"]), str(reason.get("group", ""))) for reason in one.reasons]
    strips = (
        strip(reader, one.subject_kind, one.subject_id, feature, group=group, run_id=one.run_id)
        for feature, group in told
    )
    return [found for found in strips if found is not None]


def _evidence(reader: Reader, one: Evidence) -> EvidenceRow:
    return EvidenceRow(
        reader.masked("settlement", one.settlement_id),
        one.cause,
        reader.masked("person", one.person_id),
        reader.shown("provider", one.provider_id),
        one.settled_at,
        one.pool,
        one.account,
        one.source_file,
        one.source_row,
    )


def _record(reader: Reader, one: RecordEvidence) -> RecordRow:
    return RecordRow(
        one.record_table,
        reader.masked("record", one.record_id),
        one.cause,
        reader.masked("person", one.person_id),
        one.record_day,
        one.pool,
        one.account,
        one.source_file,
        one.source_row,
    )


def _others(one: Alert) -> Select[Alert]:
    """The other alerts about the same subject."""
    return select(Alert).where(
        Alert.subject_kind == one.subject_kind,
        Alert.subject_id == one.subject_id,
        Alert.alert_id != one.alert_id,
    )


def _similar(reader: Reader, one: Alert) -> tuple[Row, ...]:
    found = reader.session.scalars(_others(one).order_by(Alert.rank).limit(_SIMILAR))
    return tuple(listed(reader, list(found)))


def _rendered(reader: Reader, found: Any) -> dict[str, Any]:
    """A check already made, its sentences with ids masked."""
    if not isinstance(found, dict):
        return {"en": reader.sentence(str(found)), "zh": reader.sentence(str(found))}
    return {
        name: reader.sentence(value) if isinstance(value, str) else value for name, value in found.items()
    }
