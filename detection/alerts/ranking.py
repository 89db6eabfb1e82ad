"""One order for the alerts of all detectors: a band by severity, and a position in it by strength, then money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from detection.alerts.draft import AlertDraft
from detection.alerts.risk_card import risk_card

_DECIMALS = 3


def scored(drafts: Sequence[AlertDraft], *, as_of: dt.date) -> list[AlertDraft]:
    """The drafts with their score, 0 to 100, in the order given.

    The severity gives the band (`risk.toml`); inside it, alerts of one detector are spread evenly by
    strength, then amount at issue (owed or overpaid alike), then case. So an alert never passes one of a graver
    band, and no detector fills the top by its number of alerts alone. A score is an order, not a probability.

    Args:
        drafts: all alerts of a run.
        as_of: day of the run, which decides the bands.
    """
    bands = risk_card().bands(as_of)
    scores: dict[str, float] = {}
    ordered = sorted(drafts, key=_key)
    for (severity, _), same in groupby(ordered, key=lambda draft: (draft.severity, draft.detector)):
        alerts = list(same)
        low, high = bands[severity]
        for position, draft in enumerate(alerts):
            share = (len(alerts) - position - 0.5) / len(alerts)  # the middle of the alert's own slice
            scores[draft.alert_id] = round(low + (high - low) * share, _DECIMALS)
    return [replace(draft, score=scores[draft.alert_id]) for draft in drafts]


def _key(draft: AlertDraft) -> tuple[str, str, float, int, str]:
    return (
        draft.severity,
        draft.detector,
        -(draft.strength or 0.0),
        -abs(draft.money.amount),
        draft.case_key,
    )
