"""Evidence from alerts: of the subject in full, of those involved as far as the card says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from detection.alerts.draft import AlertDraft
from detection.detectors.cards import Card, SubjectKind
from detection.evidence.items import ITEMS, strongest


def items_of_alerts(drafts: Sequence[AlertDraft], cards: Mapping[str, Card]) -> pl.DataFrame:
    """Items of the subjects of alerts, and of the persons and providers involved.

    The card's ``[spread]`` says which share of a case's evidence counts for its ``person`` members, the ``provider``
    with most of its evidence, and the ``payer_account`` of its subject.

    Args:
        drafts: alerts of any detectors.
        cards: by detector.

    Returns:
        Columns of `detection.evidence.items.ITEMS`.
    """
    rows = [row for draft in drafts for row in _items(draft, cards[draft.detector].spread)]
    return strongest([pl.DataFrame(rows, schema=ITEMS, orient="row")])


_Row = tuple[str, str, str, float, None, None]


def _items(draft: AlertDraft, spread: Mapping[SubjectKind, float]) -> Iterator[_Row]:
    subject, value = draft.subject, draft.evidence_value
    yield subject.kind, subject.identity, draft.detector, value, None, None
    involved: dict[SubjectKind, tuple[str, ...]] = {
        "person": subject.member_ids,
        "provider": (subject.provider_id,) if subject.provider_id else (),
        "payer_account": subject.member_ids,
    }
    for kind, share in spread.items():
        for identity in involved.get(kind, ()):
            if (kind, identity) != (subject.kind, subject.identity):
                yield kind, identity, draft.detector, value * share, None, None
