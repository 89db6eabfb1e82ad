"""What speaks against an alert: checks already made, so that the reviewer need not make them.

Made are three: do the people share an employer, are they recorded relatives, does a registered lawful reason
cover what was seen. A check that the data do not allow is said to be open, never silently left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from detection.alerts import checks
from detection.alerts.draft import AlertDraft
from detection.alerts.grade import one_lower
from detection.alerts.risk_card import risk_card
from detection.detectors.cards import Card
from features.tables import Tables

Effect = Literal["context", "lowers grade", "not checked"]

_NEEDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "same_employer": ("enrolments", ("employer_id",)),
    "recorded_relatives": ("family_authorizations", ()),
    "registered_context": ("registered_contexts", ()),
}
_LINES = {
    "same_employer": "same_employer_lowers",
    "recorded_relatives": "recorded_relatives_lower",
    "registered_context": "registered_context_lowers",
}
_OWN_LINE = "explained_partly"
_OWN_LOWERING = "grade_lower"
"""Lines of a card that lowers the strength of its cases itself: it is not lowered a second time here."""


@dataclass(frozen=True)
class _Ground:
    """What all checks of one run have in common."""

    found: Mapping[str, Mapping[str, checks.Count]]
    open_checks: Mapping[str, str]
    cards: Mapping[str, Card]
    as_of: dt.date


def with_counter_evidence(
    drafts: Sequence[AlertDraft], tables: Tables, *, cards: Mapping[str, Card], as_of: dt.date
) -> list[AlertDraft]:
    """The drafts with ``counter_evidence``, and a grade lower where the lines say so.

    A deterministic finding keeps its grade: that people share an employer does not make an unentitled
    settlement entitled. Checks of people are made where at least two are involved.

    Args:
        drafts: of any detectors.
        tables: the accepted tables.
        cards: by detector.
        as_of: day of the run, by which the lines of the risk card are taken.
    """
    if not drafts:
        return []
    lacking = {kind: _lacking(tables, *needs) for kind, needs in _NEEDS.items()}
    open_checks = {kind: what for kind, what in lacking.items() if what}
    made = {kind: check(drafts, tables) for kind, check in checks.CHECKS.items() if kind not in open_checks}
    ground = _Ground(made, open_checks, cards, as_of)
    return [_against(draft, ground) for draft in drafts]


def _lacking(tables: Tables, table: str, columns: tuple[str, ...]) -> str:
    if tables.has(table, *columns):
        return ""
    return ", ".join(f"{table}.{column}" for column in columns) or table


def _against(draft: AlertDraft, ground: _Ground) -> AlertDraft:
    said = [one for kind in _NEEDS if (one := _check(draft, kind, ground)) is not None]
    lowered = any(one["effect"] == "lowers grade" for one in said)
    by_itself = _OWN_LOWERING in ground.cards[draft.detector].thresholds.values
    severity = one_lower(draft.severity) if lowered and not by_itself else draft.severity
    return replace(draft, counter_evidence=tuple(said), severity=severity)


def _check(draft: AlertDraft, kind: str, ground: _Ground) -> dict[str, Any] | None:
    """What one check says of one alert; None where it is not worth a line."""
    statistical = draft.certainty == "statistical"
    people = len(checks.people(draft))
    of = draft.evidence.height if kind == "registered_context" else people
    if of < (1 if kind == "registered_context" else 2):  # a context covers settlements, never records
        return None
    if kind in ground.open_checks:
        return (
            _said(kind, checks.Count(0, of), "not checked", ground.open_checks[kind]) if statistical else None
        )
    count = ground.found[kind].get(draft.alert_id, checks.Count(0, of))
    if count.n == 0 and not statistical:
        return None
    # That the people of a family account are relatives explains nothing: it is what such an account is.
    may_lower = statistical and not (kind == "recorded_relatives" and draft.subject_kind == "payer_account")
    lowers = may_lower and count.n / count.of >= _line(draft, kind, ground)
    return _said(kind, count, "lowers grade" if lowers else "context")


def _line(draft: AlertDraft, kind: str, ground: _Ground) -> float:
    """Share from which on a check lowers the grade: the card's own line before the risk card's."""
    own = ground.cards[draft.detector].statistical_thresholds
    for name in (_LINES[kind], _OWN_LINE):
        if name in own.values:
            return float(own.latest(name))
    return risk_card().share(_LINES[kind], ground.as_of)


def _said(kind: str, count: checks.Count, effect: Effect, lacking: str = "") -> dict[str, Any]:
    en, zh = checks.sentence(kind, count, lacking)
    return {"kind": kind, "n": count.n, "of": count.of, "en": en, "zh": zh, "effect": effect}
