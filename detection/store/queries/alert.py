"""Alert: "What was seen, is it unusual, what speaks against it, what next?" Built from what the store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select

from detection.alerts.explanation import (
    PRICED,
    AnomalyReason,
    Check,
    Counterfactual,
    PricedSettlement,
    UsedValue,
    values_from_json,
)
from detection.detectors.cards import Card
from detection.language.law import Citation
from detection.language.text import Text
from detection.store.queries import stored
from detection.store.queries.alerts import Row, listed
from detection.store.queries.peers import Strip, own_values, strip
from detection.store.queries.reader import Reader
from detection.store.schema import Alert, AlertEvent

_SIMILAR = 8


@dataclass(frozen=True)
class Event:
    """What a person or a run did to the alert; a person's note is the same in both languages. ``at``: ISO time."""

    at: str
    actor: str
    action: str
    status_after: str
    note: Text


@dataclass(frozen=True)
class AlertPage:
    """One alert with everything that argues for and against it; ids masked.

    Attributes:
        row: what a list shows of it.
        provider: pseudonym of the institution with most of the evidence; empty where there is none.
        seen: what was seen, in a sentence.
        members: pseudonyms of the people involved.
        card: the card that raised it, as it was then.
        priced: how the first settlements were priced, where the detector explains prices.
        reasons: of a score; empty for rules.
        checks: checks that were already made.
        counterfactual: what would take the subject off a model's list; None for rules.
        own_values: the subject's current value of the counterfactual's features.
        citations: the law in force on the days of the events.
        values: thresholds and policy values that were in force.
        closed: why a run closed it; empty texts while it is open.
        events: the latest first.
        similar, similar_count: the first other alerts about the same subject, and how many there are.
    """

    row: Row
    provider: str
    detector_kind: str
    certainty: str
    family: str
    seen: Text
    members: tuple[str, ...]
    card: Card
    priced: tuple[PricedSettlement, ...]
    reasons: tuple[AnomalyReason, ...]
    checks: tuple[Check, ...]
    counterfactual: Counterfactual | None
    own_values: Mapping[str, float | None]
    citations: tuple[Citation, ...]
    values: tuple[UsedValue, ...]
    closed: Text
    card_digest: str
    model_version: str | None
    run_id: str
    first_run_id: str
    events: tuple[Event, ...]
    similar: tuple[Row, ...]
    similar_count: int


def alert(reader: Reader, alert_id: str) -> AlertPage | None:
    """The alert; None where there is none of this id."""
    row = reader.session.get(Alert, alert_id)
    return None if row is None else _page(reader, row)


def alert_page(reader: Reader, alert_id: str) -> AlertPage:
    """The alert.

    Raises:
        UsageError: there is none of this id.
    """
    return _page(reader, stored.alert(reader, alert_id))


def _page(reader: Reader, row: Alert) -> AlertPage:
    counterfactual = Counterfactual.from_json(row.leaves_list_if)
    features = counterfactual.features if counterfactual else ()
    return AlertPage(
        row=listed(reader, [row])[0],
        provider=reader.identity("provider", row.provider_id),
        detector_kind=row.detector_kind,
        certainty=row.certainty,
        family=row.family,
        seen=Text(reader.sentence(row.seen_en), reader.sentence(row.seen_zh)),
        members=tuple(reader.identity("person", str(member)) for member in row.member_ids),
        card=stored.card(reader, row.card_digest),
        priced=tuple(_priced(reader, price) for price in row.figures.get(PRICED, ())),
        reasons=tuple(AnomalyReason.from_json(reason) for reason in row.reasons),
        checks=tuple(_check(reader, check) for check in row.counter_evidence),
        counterfactual=counterfactual,
        own_values=own_values(reader, row.subject_kind, row.subject_id, features),
        citations=tuple(Citation.from_json(citation) for citation in row.legal_basis),
        values=values_from_json(row.values_used),
        closed=Text(row.closed_reason or "", row.closed_reason_zh or ""),
        card_digest=row.card_digest,
        model_version=row.model_version,
        run_id=row.run_id,
        first_run_id=row.first_run_id,
        events=tuple(_event(event) for event in reversed(stored.events(reader, row.alert_id))),
        similar=_similar(reader, row),
        similar_count=reader.session.scalar(select(func.count()).select_from(_others(row).subquery())) or 0,
    )


def peer_strips(reader: Reader, alert_id: str) -> list[Strip]:
    """The features that the score rests on, each over the peers that its reason counted."""
    row = reader.session.get(Alert, alert_id)
    if row is None:
        return []
    reasons = [AnomalyReason.from_json(reason) for reason in row.reasons]
    strips = (
        strip(
            reader,
            row.subject_kind,
            row.subject_id,
            reason.feature,
            group=reason.group,
            run_id=row.run_id,
        )
        for reason in reasons
    )
    return [peers for peers in strips if peers is not None]


def _priced(reader: Reader, content: Mapping[str, Any]) -> PricedSettlement:
    price = PricedSettlement.from_json(content)
    return replace(price, settlement_id=reader.identity("settlement", price.settlement_id))


def _check(reader: Reader, content: Mapping[str, Any]) -> Check:
    check = Check.from_json(content)
    return replace(check, text=Text(reader.sentence(check.text.en), reader.sentence(check.text.zh)))


def _event(event: AlertEvent) -> Event:
    note = Text(event.note, event.note_zh or event.note)
    return Event(event.at, event.actor, event.action, event.status_after, note)


def _others(row: Alert) -> Select[Alert]:
    """The other alerts about the same subject."""
    return select(Alert).where(
        Alert.subject_kind == row.subject_kind,
        Alert.subject_id == row.subject_id,
        Alert.alert_id != row.alert_id,
    )


def _similar(reader: Reader, row: Alert) -> tuple[Row, ...]:
    alerts = reader.session.scalars(_others(row).order_by(Alert.rank).limit(_SIMILAR))
    return tuple(listed(reader, list(alerts)))
