"""Evidence of the alerts that are written by hand, and its money."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support.dashboard_proof import proof_of

from detection.detectors.cards import Card
from detection.detectors.catalogue import catalogue
from detection.store import schema


def money(place: int) -> tuple[int, int]:
    rows = [row_money(place, k) for k in range(12)]
    return sum(pool for pool, _ in rows), sum(account for _, account in rows)


def row_money(place: int, k: int) -> tuple[int, int]:
    return (place * 37 + k * 811) % 90_000, 12_345 + (place * 101 + k * 457) % 40_000


def evidence_of(alert: schema.Alert) -> list[schema.Evidence] | list[schema.RecordEvidence]:
    if catalogue()[alert.detector].card.evidence == "records":
        return _records(alert)
    place, end = alert.rank - 1, dt.date.fromisoformat(alert.period_end)
    card = catalogue()[alert.detector].card
    causes = list(card.causes) or ["together"]
    rows = []
    for k in range(12):
        day = end - dt.timedelta(days=(k // (4 if alert.subject_kind == "group" else 1)) * 9)
        pool, account = row_money(place, k)
        person = alert.member_ids[k % 4] if alert.subject_kind == "group" else f"person-{place:05d}"
        rows.append(
            schema.Evidence(
                alert_id=alert.alert_id,
                settlement_id=f"st-{place:04d}-{k:02d}",
                cause=causes[k % len(causes)],
                person_id=person,
                provider_id=alert.provider_id,
                settled_at=f"{day.isoformat()} {_time(alert, k)}:00",
                pool=pool,
                account=account,
                source_file="settlements.csv",
                source_row=1000 + place * 12 + k,
                proof=_proof(alert, card, k, day),
            )
        )
    return rows


def _time(alert: schema.Alert, k: int) -> str:
    """Time of day; the members of a group come three minutes apart."""
    if alert.subject_kind == "group":
        return f"{8 + k // 4:02d}:{k % 4 * 3:02d}"
    return f"{8 + k % 11:02d}:{(k * 13) % 60:02d}"


def _records(alert: schema.Alert) -> list[schema.RecordEvidence]:
    """Ledger entries whose money is that of the alert."""
    place, end = alert.rank - 1, dt.date.fromisoformat(alert.period_end)
    card = catalogue()[alert.detector].card
    causes = list(card.causes)
    return [
        schema.RecordEvidence(
            alert_id=alert.alert_id,
            record_table="account_entries",
            record_id=f"entry-{place:04d}-{k:02d}",
            cause=causes[k % len(causes)],
            person_id=f"person-{place:05d}",
            record_day=(end - dt.timedelta(days=k * 9)).isoformat(),
            pool=row_money(place, k)[0],
            account=row_money(place, k)[1],
            source_file="account_entries.csv",
            source_row=1000 + place * 12 + k,
            proof=_proof(alert, card, k, end - dt.timedelta(days=k * 9)),
        )
        for k in range(12)
    ]


def _proof(alert: schema.Alert, card: Card, k: int, day: dt.date) -> dict[str, Any] | None:
    """Every second alert is of a run that stored no evidence columns."""
    return proof_of(card, k, day) if alert.rank % 2 else None
