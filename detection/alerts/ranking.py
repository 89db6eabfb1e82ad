"""One order for the alerts of all detectors: a band by severity, and a place in it by evidence and money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from detection.alerts.draft import AlertDraft
from detection.alerts.risk_card import risk_card
from models.evidence.unit import ALERT, MOST

_DECIMALS = 3
_KINDS_COUNTED = 3
"""More kinds of evidence than this make no difference: some of them always look at the same settlements."""


def scored(drafts: Sequence[AlertDraft], *, as_of: dt.date) -> list[AlertDraft]:
    """The drafts with their score, 0 to 100, in the order given.

    The severity gives the band (`risk.toml`). Inside it come alerts whose subject has several independent kinds of
    evidence, then those with the most money to recover: amount at issue (owed or overpaid alike) times certainty. So
    an alert never passes one of a graver band. A score is an order, not a probability.

    Args:
        drafts: all alerts of a run.
        as_of: day of the run, which decides the bands.
    """
    bands = risk_card().bands(as_of)
    scores: dict[str, float] = {}
    for severity, same in groupby(sorted(drafts, key=_key), key=lambda draft: draft.severity):
        alerts = list(same)
        low, high = bands[severity]
        for position, draft in enumerate(alerts):
            share = (len(alerts) - position - 0.5) / len(alerts)  # the middle of the alert's own slice
            scores[draft.alert_id] = round(low + (high - low) * share, _DECIMALS)
    return [replace(draft, score=scores[draft.alert_id]) for draft in drafts]


def expected_fen(amount: int, evidence_value: float) -> float:
    """Fen that a review may recover: the amount times the certainty of the evidence.

    Args:
        amount: fen, owed or overpaid alike.
        evidence_value: of the case, 0 to 6, in the unit of `models.evidence.unit`.
    """
    return abs(amount) * max(evidence_value, ALERT) / MOST


def _key(draft: AlertDraft) -> tuple[str, int, float, str, str]:
    return (
        draft.severity,
        -min(draft.kinds, _KINDS_COUNTED),
        -round(expected_fen(draft.money.amount, draft.evidence_value), _DECIMALS),
        draft.detector,
        draft.case_key,
    )
