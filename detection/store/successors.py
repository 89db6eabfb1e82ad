"""Which new alert takes the place of an alert whose method changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detection.alerts.draft import AlertDraft
from detection.store.rows import Row

_SAME_INDIVIDUAL = {"payer_account": "person"}
"""An account's id is its owner's."""


@dataclass(frozen=True)
class Successor:
    """The new alert that shows what another alert showed before its detector's method changed.

    Attributes:
        alert_id: of the new alert.
        before: id of the old alert.
        status: of the old alert: a decision that somebody made about the same evidence.
    """

    alert_id: str
    before: str
    status: str


def successors(
    missing: Iterable[Row],
    evidence: Mapping[str, frozenset[str]],
    fresh: Sequence[AlertDraft],
    digests: Mapping[str, str],
) -> dict[str, Successor]:
    """Successors by the id of the alert that they succeed.

    A detector's method changed when its card or code has another digest, or when it is gone. A new alert succeeds an
    old one when it is about the same subject and holds at least half of its evidence; the one that holds most of it.

    Args:
        missing: rows of alerts that the run did not raise again.
        evidence: ids of the settlements of each of them; those of records as ``table:id``.
        fresh: alerts that the run raised for the first time.
        digests: of the current cards, by detector.
    """
    by_subject: dict[tuple[str, str], list[AlertDraft]] = defaultdict(list)
    for draft in fresh:
        by_subject[_subject(draft.subject.kind, draft.subject.identity)].append(draft)
    chosen: dict[str, Successor] = {}
    for row in missing:
        if digests.get(row["detector"]) == row["card_digest"]:
            continue
        own = evidence.get(row["alert_id"], frozenset())
        shared = Counter(
            {
                draft.alert_id: len(own & _evidence(draft))
                for draft in by_subject[_subject(row["subject_kind"], row["subject_id"])]
            }
        )
        best = sorted(shared.items(), key=lambda entry: (-entry[1], entry[0]))
        if best and own and 2 * best[0][1] >= len(own):
            chosen[row["alert_id"]] = Successor(best[0][0], row["alert_id"], row["status"])
    return chosen


def _subject(kind: str, identity: str) -> tuple[str, str]:
    return _SAME_INDIVIDUAL.get(kind, kind), identity


def _evidence(draft: AlertDraft) -> set[str]:
    records = draft.records.select("record_table", "record_id").iter_rows()
    return {*draft.evidence["settlement_id"], *(f"{table}:{record}" for table, record in records)}
