"""An alert as a detector drafts it, before the store says whether it is new."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import polars as pl

from detection.alerts.explanation import AnomalyReason, Check, Counterfactual, PricedSettlement, UsedValue
from detection.detectors.cards import MoneyKind
from detection.language.law import Citation
from detection.language.text import Text

Figure = int | float | str | None | Mapping[str, int]
"""A number, an ISO day, or the counts of each cause."""
Severity = Literal["info", "watch", "suspicious", "highly_suspicious", "definite"]

SEVERITIES: tuple[Severity, ...] = ("info", "watch", "suspicious", "highly_suspicious", "definite")
"""Mildest first; the position is the `severity_order` of the store."""

EVIDENCE_SCHEMA: dict[str, pl.DataType] = {
    "alert_id": pl.String(),
    "settlement_id": pl.String(),
    "cause": pl.String(),
    "person_id": pl.String(),
    "provider_id": pl.String(),
    "settled_at": pl.Datetime("us"),
    "to_the_minute": pl.Boolean(),
    "pool": pl.Int64(),
    "account": pl.Int64(),
    "source_file": pl.String(),
    "source_row": pl.Int64(),
    "proof": pl.String(),
}
"""Settlements of an alert, each once; money in fen; the time is midnight where only the day is known.

``proof`` is null until `detection.proof.attaching.with_proof` computes it.
"""

RECORD_SCHEMA: dict[str, pl.DataType] = {
    "alert_id": pl.String(),
    "record_table": pl.String(),
    "record_id": pl.String(),
    "cause": pl.String(),
    "person_id": pl.String(),
    "record_day": pl.Date(),
    "pool": pl.Int64(),
    "account": pl.Int64(),
    "source_file": pl.String(),
    "source_row": pl.Int64(),
    "proof": pl.String(),
}
"""Records of an alert, each once; money in fen and signed, what is owed to the insured below zero."""


@dataclass(frozen=True)
class Subject:
    """Whom an alert is about.

    Attributes:
        kind: ``person``, ``provider``, ``payer_account`` ... (`detection.detectors.cards.SUBJECT_KINDS`).
        identity: the id as the source has it.
        member_ids: persons involved, sorted.
        provider_id, provider_kind, district: of the provider with most of the evidence.
    """

    kind: str
    identity: str
    member_ids: tuple[str, ...]
    provider_id: str | None
    provider_kind: str | None
    district: str | None


@dataclass(frozen=True)
class Money:
    """Fen of the pooled fund and of personal accounts, each settlement or record once."""

    pool: int = 0
    account: int = 0

    @property
    def amount(self) -> int:
        """Both together."""
        return self.pool + self.account


NO_MONEY = Money()


@dataclass(frozen=True)
class Explanation:
    """The explanation of an alert, for and against it.

    Attributes:
        title, seen: sentences; ids in them are marks (`detection.masking.mark`).
        citations: the law on the days of the events.
        figures: what the sentences say, as numbers (fen, counts, ISO days).
        priced: how the first settlements were priced.
        reasons, counterfactual: of a score; none for rules.
        checks: checks that were already made.
    """

    title: Text
    seen: Text
    citations: tuple[Citation, ...]
    figures: Mapping[str, Figure]
    priced: tuple[PricedSettlement, ...] = ()
    reasons: tuple[AnomalyReason, ...] = ()
    counterfactual: Counterfactual | None = None
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Provenance:
    """Which card raised an alert, and the values and model that it rests on.

    Attributes:
        detector_kind, family, queue, certainty, money_kind, typology: from the card.
        card_digest: hash of the card and its code.
        values: thresholds and policy values in force.
        model_version: of a score.
    """

    detector_kind: str
    family: str
    queue: str
    certainty: str
    money_kind: MoneyKind
    typology: str
    card_digest: str
    values: tuple[UsedValue, ...]
    model_version: str | None = None


@dataclass(frozen=True)
class AlertDraft:
    """One alert of one run.

    Attributes:
        alert_id: ``A-`` and 20 hexadecimal digits of the keyed hash of ``case_key``.
        case_key: JSON list of the detector and the values of its card's ``dedup`` columns.
        detector: stored name of the detector.
        subject, money, explanation, provenance: see there.
        severity: grade, after counter-evidence.
        strength: how strong the whole case is; None for a detector that gives none.
        first, last: first and last day settled, or of the records.
        evidence: rows of `EVIDENCE_SCHEMA`, sorted by settlement_id; none where the evidence are records.
        records: rows of `RECORD_SCHEMA`, sorted by table and id.
        score: 0-100 across detectors; 0 until `detection.alerts.ranking.scored` gives it.
        evidence_value: the case's evidence, 0 to 6, in the unit of `models.evidence.unit`.
        kinds: how many kinds of evidence point to the subject.
    """

    alert_id: str
    case_key: str
    detector: str
    subject: Subject
    money: Money
    explanation: Explanation
    provenance: Provenance
    severity: Severity
    strength: float | None
    first: dt.date
    last: dt.date
    evidence: pl.DataFrame = field(compare=False, repr=False)
    records: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema=RECORD_SCHEMA), compare=False, repr=False
    )
    score: float = 0.0
    evidence_value: float = 0.0
    kinds: int = 1

    @property
    def evidence_rows(self) -> int:
        """How many settlements or records it rests on."""
        return self.evidence.height + self.records.height

    @property
    def severity_order(self) -> int:
        """0 for info to 4 for definite."""
        return SEVERITIES.index(self.severity)

    def explained(self, **parts: Any) -> AlertDraft:
        """The same alert with other parts of its `Explanation`."""
        return replace(self, explanation=replace(self.explanation, **parts))


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
