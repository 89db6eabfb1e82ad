"""A draft as rows of the store, how a run changed an alert, and which rows several alerts cite."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Connection, delete, func, insert, literal_column, select

from detection.alerts.draft import AlertDraft
from detection.alerts.explanation import EVIDENCE, KINDS, PRICED, values_to_json
from detection.store.schema import Evidence, RecordEvidence, SharedEvidence

Row = Mapping[str, Any]
"""Columns of a stored alert by name."""

_CONTENT = ("severity", "member_ids", "evidence_digest")
"""Columns in which an alert must differ to be called changed; a score moves with its neighbors' every run."""
_TIME, _DAY = "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"
_BETWEEN: ColumnElement[str] = literal_column("':'")
"""No parameter: PostgreSQL groups by the very same expression alone."""
_SHARED = ["settlement_id", "alert_id", "pool", "account"]
_PROVENANCE = (
    "detector_kind",
    "family",
    "queue",
    "certainty",
    "money_kind",
    "typology",
    "card_digest",
    "model_version",
)


def row_of(draft: AlertDraft) -> dict[str, Any]:
    """Columns of the alert that the draft determines; the writer adds run, status, change and rank."""
    subject, explanation, provenance = draft.subject, draft.explanation, draft.provenance
    return {
        "alert_id": draft.alert_id,
        "case_key": draft.case_key,
        "detector": draft.detector,
        **{name: getattr(provenance, name) for name in _PROVENANCE},
        "values_used": values_to_json(provenance.values),
        "subject_kind": subject.kind,
        "subject_id": subject.identity,
        "member_ids": list(subject.member_ids),
        "district": subject.district,
        "provider_id": subject.provider_id,
        "provider_kind": subject.provider_kind,
        "title_en": explanation.title.en,
        "title_zh": explanation.title.zh,
        "seen_en": explanation.seen.en,
        "seen_zh": explanation.seen.zh,
        "legal_basis": [citation.to_json() for citation in explanation.citations],
        "figures": _figures(draft),
        "reasons": [reason.to_json() for reason in explanation.reasons],
        "counter_evidence": [check.to_json() for check in explanation.checks],
        "leaves_list_if": explanation.counterfactual.to_json() if explanation.counterfactual else {},
        "score": draft.score,
        "severity": draft.severity,
        "severity_order": draft.severity_order,
        "pool_at_issue": draft.money.pool,
        "account_at_issue": draft.money.account,
        "amount_at_issue": draft.money.amount,
        "period_start": draft.first.isoformat(),
        "period_end": draft.last.isoformat(),
        "evidence_rows": draft.evidence_rows,
        "evidence_digest": _digest(draft),
    }


def evidence_rows(draft: AlertDraft) -> pl.DataFrame:
    """The draft's settlements with the columns of `schema.Evidence`; times as text, as exact as they are known."""
    settled_at = (
        pl.when("to_the_minute")
        .then(pl.col("settled_at").dt.strftime(_TIME))
        .otherwise(pl.col("settled_at").dt.strftime(_DAY))
    )
    rows = draft.evidence.with_columns(settled_at, alert_id=pl.lit(draft.alert_id))
    return rows.drop("to_the_minute")


def record_rows(draft: AlertDraft) -> pl.DataFrame:
    """The draft's records with the columns of `schema.RecordEvidence`; days as text."""
    return draft.records.with_columns(pl.col("record_day").dt.strftime(_DAY), alert_id=pl.lit(draft.alert_id))


def change_of(stored: Row, row: Row, run_id: str) -> str:
    """``changed`` or ``same``; a run that is committed again gives the same answer again."""
    if stored["run_id"] == run_id and stored["change"] != "closed":
        return str(stored["change"])
    if stored["status"] == "closed" or any(stored[name] != row[name] for name in _CONTENT):
        return "changed"
    return "same"


def _figures(draft: AlertDraft) -> dict[str, Any]:
    priced = [price.to_json() for price in draft.explanation.priced]
    figures = dict(draft.explanation.figures) | {EVIDENCE: draft.evidence_value, KINDS: draft.kinds}
    return figures | ({PRICED: priced} if priced else {})


def _digest(draft: AlertDraft) -> str:
    """Hash of the evidence: settlements or records, causes, money; not where a row lies in a file."""
    content = draft.evidence.select("settlement_id", "cause", "pool", "account").write_csv()
    if not draft.records.is_empty():
        content += draft.records.select("record_table", "record_id", "cause", "pool", "account").write_csv()
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def write_shared(connection: Connection) -> None:
    """Which evidence is cited by several alerts, records as ``table:id``; derived from all of it at each run."""
    connection.execute(delete(SharedEvidence))
    record = RecordEvidence.record_table.concat(_BETWEEN).concat(RecordEvidence.record_id)
    for table, key in ((Evidence, Evidence.settlement_id), (RecordEvidence, record)):
        several = select(key).group_by(key).having(func.count() > 1)
        cited = select(key, table.alert_id, table.pool, table.account).where(key.in_(several))
        connection.execute(insert(SharedEvidence).from_select(_SHARED, cited))
