"""A draft as a row of the store, and what a run made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from detection.alerts.draft import AlertDraft

_CONTENT = ("severity", "member_ids", "evidence_digest")
"""Columns in which an alert must differ to be called changed; a score moves with its neighbours' every run."""


def row_of(draft: AlertDraft) -> dict[str, Any]:
    """Columns of the alert that the draft decides; the writer adds run, status, change and rank."""
    return {
        "alert_id": draft.alert_id,
        "case_key": draft.case_key,
        "detector": draft.detector,
        "detector_kind": draft.detector_kind,
        "family": draft.family,
        "queue": draft.queue,
        "certainty": draft.certainty,
        "typology": draft.typology,
        "subject_kind": draft.subject_kind,
        "subject_id": draft.subject_id,
        "member_ids": list(draft.member_ids),
        "title_en": draft.title_en,
        "title_zh": draft.title_zh,
        "seen_en": draft.seen_en,
        "seen_zh": draft.seen_zh,
        "score": draft.score,
        "severity": draft.severity,
        "severity_order": draft.severity_order,
        "pool_at_issue": draft.pool_at_issue,
        "account_at_issue": draft.account_at_issue,
        "amount_at_issue": draft.amount_at_issue,
        "period_start": draft.period_start,
        "period_end": draft.period_end,
        "evidence_rows": draft.evidence_rows,
        "evidence_digest": _digest(draft),
        "district": draft.district,
        "provider_id": draft.provider_id,
        "provider_kind": draft.provider_kind,
        "legal_basis": list(draft.legal_basis),
        "figures": dict(draft.figures),
        "reasons": list(draft.reasons),
        "counter_evidence": list(draft.counter_evidence),
        "leaves_list_if": dict(draft.leaves_list_if),
        "card_digest": draft.card_digest,
        "values_used": dict(draft.values_used),
        "model_version": draft.model_version,
    }


def change_of(stored: Mapping[str, Any], row: Mapping[str, Any], run_id: str) -> str:
    """``changed`` or ``same``; a run that is committed twice says the second time what it said the first."""
    if stored["run_id"] == run_id and stored["change"] != "closed":
        return str(stored["change"])
    if stored["status"] == "closed" or any(stored[name] != row[name] for name in _CONTENT):
        return "changed"
    return "same"


def _digest(draft: AlertDraft) -> str:
    """Hash of the evidence: settlements or records, causes, money; where a row lies in a file is no part of it."""
    told = draft.evidence.select("settlement_id", "cause", "pool", "account").write_csv()
    if not draft.records.is_empty():
        told += draft.records.select("record_table", "record_id", "cause", "pool", "account").write_csv()
    return hashlib.sha256(told.encode()).hexdigest()[:16]
