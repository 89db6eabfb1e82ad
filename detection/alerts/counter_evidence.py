"""What speaks against an alert: checks made in advance, so that the reviewer need not make them.

There are three checks: do the people share an employer, are they recorded relatives, does a registered lawful reason
cover what was seen. A check that the data do not allow is listed as not checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from detection.alerts import checks
from detection.alerts.draft import AlertDraft
from detection.alerts.explanation import Check, Effect
from detection.alerts.grade import next_milder
from detection.alerts.risk_card import risk_card
from detection.detectors.cards import Card
from features.tables import Tables

_NEEDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "same_employer": ("enrolments", ("employer_id",)),
    "recorded_relatives": ("family_authorizations", ()),
    "registered_context": ("registered_contexts", ()),
}
_THRESHOLDS = {
    "same_employer": "same_employer_lowers",
    "recorded_relatives": "recorded_relatives_lower",
    "registered_context": "registered_context_lowers",
}
_OWN_THRESHOLD = "explained_partly"
_OWN_LOWERING = "grade_lower"
"""Thresholds of a card that lowers the strength of its cases itself: it is not lowered again here."""


@dataclass(frozen=True)
class _Checks:
    """What all checks of one run have in common."""

    counts: Mapping[str, Mapping[str, checks.Count]]
    open_checks: Mapping[str, str]
    cards: Mapping[str, Card]
    as_of: dt.date


def with_counter_evidence(
    drafts: Sequence[AlertDraft], tables: Tables, *, cards: Mapping[str, Card], as_of: dt.date
) -> list[AlertDraft]:
    """The drafts with their checks, and one grade lower where a check reaches its threshold.

    A deterministic finding keeps its grade: that people share an employer does not make an unentitled
    settlement entitled. Checks of people are made where at least two are involved.

    Args:
        drafts: of any detectors.
        tables: the accepted tables.
        cards: by detector.
        as_of: day of the run, which decides the thresholds of the risk card.
    """
    if not drafts:
        return []
    lacking = {kind: _lacking(tables, *needs) for kind, needs in _NEEDS.items()}
    open_checks = {kind: what for kind, what in lacking.items() if what}
    made = {kind: check(drafts, tables) for kind, check in checks.CHECKS.items() if kind not in open_checks}
    run = _Checks(made, open_checks, cards, as_of)
    return [_against(draft, run) for draft in drafts]


def _lacking(tables: Tables, table: str, columns: tuple[str, ...]) -> str:
    if tables.has(table, *columns):
        return ""
    return ", ".join(f"{table}.{column}" for column in columns) or table


def _against(draft: AlertDraft, run: _Checks) -> AlertDraft:
    made = tuple(check for kind in _NEEDS if (check := _check(draft, kind, run)) is not None)
    lowered = any(check.effect == "lowers grade" for check in made)
    by_itself = _OWN_LOWERING in run.cards[draft.detector].thresholds.values
    severity = next_milder(draft.severity) if lowered and not by_itself else draft.severity
    return replace(draft.explained(checks=made), severity=severity)


def _check(draft: AlertDraft, kind: str, run: _Checks) -> Check | None:
    """The result of one check of one alert; None where it says nothing."""
    if kind == "recorded_relatives" and draft.subject.kind == "payer_account":
        return None  # that its people are relatives explains nothing: it is what such an account is
    statistical = draft.provenance.certainty == "statistical"
    people = len(checks.people(draft))
    of = draft.evidence.height if kind == "registered_context" else people
    if of < (1 if kind == "registered_context" else 2):  # a context covers settlements, never records
        return None
    if kind in run.open_checks:
        return (
            _result(kind, checks.Count(0, of), "not checked", run.open_checks[kind]) if statistical else None
        )
    count = run.counts[kind].get(draft.alert_id, checks.Count(0, of))
    if count.n == 0 and not statistical:
        return None
    lowers = statistical and count.n / count.of >= _threshold(draft, kind, run)
    return _result(kind, count, "lowers grade" if lowers else "context")


def _threshold(draft: AlertDraft, kind: str, run: _Checks) -> float:
    """Share from which on a check lowers the grade: the card's own threshold before the risk card's."""
    own = run.cards[draft.detector].statistical_thresholds
    for name in (_THRESHOLDS[kind], _OWN_THRESHOLD):
        if name in own.values:
            return float(own.latest(name))
    return risk_card().share(_THRESHOLDS[kind], run.as_of)


def _result(kind: str, count: checks.Count, effect: Effect, lacking: str = "") -> Check:
    return Check(kind, count.n, count.of, checks.sentence(kind, count, lacking), effect)
