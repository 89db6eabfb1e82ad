"""An alert as a detector drafts it, before the store says whether it is new."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

Severity = Literal["info", "watch", "suspicious", "highly_suspicious", "definite"]

SEVERITIES: tuple[Severity, ...] = ("info", "watch", "suspicious", "highly_suspicious", "definite")
"""Mildest first; the position is the `severity_order` of the store."""

EVIDENCE_SCHEMA: dict[str, type[pl.DataType]] = {
    "alert_id": pl.String,
    "settlement_id": pl.String,
    "cause": pl.String,
    "person_id": pl.String,
    "provider_id": pl.String,
    "settled_at": pl.String,
    "pool": pl.Int64,
    "account": pl.Int64,
    "source_file": pl.String,
    "source_row": pl.Int64,
}
"""Evidence rows of an alert, a settlement once; money in fen, settled_at as ``2024-03-01 10:00:00``."""

RECORD_SCHEMA: dict[str, type[pl.DataType]] = {
    "alert_id": pl.String,
    "record_table": pl.String,
    "record_id": pl.String,
    "cause": pl.String,
    "person_id": pl.String,
    "record_day": pl.String,
    "pool": pl.Int64,
    "account": pl.Int64,
    "source_file": pl.String,
    "source_row": pl.Int64,
}
"""Records that are evidence, each once; money in fen and signed, what is owed to the insured below zero."""


EXPLAINED = "explained"
"""Name among the figures of an alert: ``[{settlement_id, steps: [{name, fen, en, zh}]}]``, in order of time."""


@dataclass(frozen=True)
class AlertDraft:
    """One alert of one run.

    Attributes:
        alert_id: ``A-`` and 20 hexadecimal digits of the keyed hash of ``case_key``.
        case_key: JSON list of the detector and the values of its card's ``dedup`` columns.
        detector, detector_kind, family, queue, certainty, typology, subject_kind: from the card.
        subject_id: whom the alert is about.
        member_ids: persons involved, sorted.
        title_en, title_zh, seen_en, seen_zh: sentences; ids in them are marks (`detection.masking.mark`).
        severity: grade, after counter-evidence.
        strength: how strong the whole case is; None for a detector that gives none.
        score: 0-100 across detectors; 0 until `detection.risk.score.scored` gives it.
        pool_at_issue, account_at_issue: fen, each settlement or record once; `amount_at_issue` is their sum.
        period_start, period_end: first and last day settled, or of the records, ISO.
        provider_id, provider_kind, district: of the provider with most of the evidence.
        legal_basis: as quoted, for the days of the events.
        figures: what the sentences say, as numbers (fen, counts, ISO days).
        reasons, leaves_list_if: of a score; empty for rules.
        counter_evidence: checks made, each ``{kind, n, of, en, zh, effect}``.
        card_digest: hash of the card and its code.
        values_used: lines and policy values in force, by name.
        model_version: of a score.
        evidence: rows of `EVIDENCE_SCHEMA`, sorted by settlement_id; none where the evidence are records.
        records: rows of `RECORD_SCHEMA`, sorted by table and id.
    """

    alert_id: str
    case_key: str
    detector: str
    detector_kind: str
    family: str
    queue: str
    certainty: str
    typology: str
    subject_kind: str
    subject_id: str
    member_ids: tuple[str, ...]
    title_en: str
    title_zh: str
    seen_en: str
    seen_zh: str
    severity: Severity
    strength: float | None
    pool_at_issue: int
    account_at_issue: int
    period_start: str
    period_end: str
    provider_id: str | None
    provider_kind: str | None
    district: str | None
    legal_basis: tuple[str, ...]
    figures: Mapping[str, Any]
    card_digest: str
    values_used: Mapping[str, Any]
    evidence: pl.DataFrame = field(compare=False, repr=False)
    records: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema=RECORD_SCHEMA), compare=False, repr=False
    )
    reasons: Sequence[Mapping[str, Any]] = ()
    leaves_list_if: Mapping[str, Any] = field(default_factory=dict)
    counter_evidence: Sequence[Mapping[str, Any]] = ()
    model_version: str | None = None
    score: float = 0.0

    @property
    def amount_at_issue(self) -> int:
        """Fen of the pooled fund and of accounts together."""
        return self.pool_at_issue + self.account_at_issue

    @property
    def evidence_rows(self) -> int:
        """How many settlements or records it rests on."""
        return self.evidence.height + self.records.height

    @property
    def severity_order(self) -> int:
        """0 for info to 4 for definite."""
        return SEVERITIES.index(self.severity)


def case_key(detector: str, values: Sequence[str | None]) -> str:
    """What makes two hits one case, as text; a null value stays a null."""
    return json.dumps([detector, *values], ensure_ascii=False)


def alert_id(key: bytes, case: str) -> str:
    """The id of a case's alert: the same in every run of a workspace, and nothing to guess a person by outside.

    Args:
        key: the workspace's secret (`Workspace.pseudonym_key`).
        case: its `case_key`.
    """
    return "A-" + hmac.new(key, f"alert\0{case}".encode(), hashlib.sha256).hexdigest()[:20]
