"""Which alert a draft continues: one with the same case key, or a group of mostly the same people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from detection.alerts.draft import AlertDraft, alert_id
from detection.store.lifecycle import OPEN

_CONTINUED = (
    *OPEN,
    "dismissed",
    "settled",
)  # what was dismissed does not come back for a member more or less


def continued(
    drafts: Sequence[AlertDraft], stored: Iterable[Mapping[str, Any]], same_group: float
) -> list[AlertDraft]:
    """The drafts under the ids that their cases have in the store.

    A group gains and loses members from run to run, and its case key with them. A group alert of the same
    detector that is open, dismissed or settled keeps its id when enough of its members are still there
    (Jaccard's share).

    Args:
        drafts: of this run.
        stored: rows of the alerts known.
        same_group: least share of common members, over 0 to 1.
    """
    known = {row["case_key"]: row["alert_id"] for row in stored}
    named = {draft.case_key: known[draft.case_key] for draft in drafts if draft.case_key in known}
    fresh = [draft for draft in drafts if draft.case_key not in known and draft.subject.kind == "group"]
    left = [
        row
        for row in stored
        if row["subject_kind"] == "group" and row["status"] in _CONTINUED and row["case_key"] not in named
    ]
    named |= _overlapping(fresh, left, same_group)
    taken = {*known.values()}
    return [_under(draft, named.get(draft.case_key), taken) for draft in drafts]


def _overlapping(
    fresh: Sequence[AlertDraft], left: Sequence[Mapping[str, Any]], same_group: float
) -> dict[str, str]:
    """Case keys of drafts with the id of the group that they continue, closest pairs first."""
    pairs = sorted(
        (-share, row["alert_id"], draft.case_key)
        for draft in fresh
        for row in left
        if draft.detector == row["detector"]
        and (share := jaccard(draft.subject.member_ids, row["member_ids"])) >= same_group
    )
    named: dict[str, str] = {}
    for _, stored_id, key in pairs:
        if key not in named and stored_id not in named.values():
            named[key] = stored_id
    return named


def jaccard(some: Iterable[str], others: Iterable[str]) -> float:
    """Share of common members among all members of two groups; 0 for two empty ones."""
    left, right = set(some), set(others)
    return len(left & right) / len(left | right) if left or right else 0.0


def _under(draft: AlertDraft, stored_id: str | None, taken: set[str]) -> AlertDraft:
    """The draft under its id; a new case whose id went to a group that moved on gets the next free one."""
    chosen, salt = stored_id or draft.alert_id, 1
    while stored_id is None and chosen in taken:
        salt += 1
        chosen = alert_id(draft.alert_id.encode(), f"#{salt}")  # of an id that is keyed already
    return draft if chosen == draft.alert_id else replace(draft, alert_id=chosen)
