"""Evidence from alerts: of the subject in full, of those involved as far as the card says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from detection.alerts.draft import AlertDraft
from detection.detectors.cards import Card, SubjectKind
from detection.evidence.pieces import PIECES, Role

_Row = tuple[str, str, str, float, None, None, float, Role, str | None]
"""One row of `detection.evidence.pieces.PIECES`."""


def pieces_of_alerts(drafts: Sequence[AlertDraft], cards: Mapping[str, Card]) -> pl.DataFrame:
    """Pieces of the subjects of alerts, and of the persons and providers involved.

    The card's ``[spread]`` says which share of a case's evidence counts for its ``person`` members, the ``provider``
    with most of its evidence, and the ``payer_account`` of its subject. Without one, its members have `TOUCHED` of
    it, and so has a provider at which several subjects have a case: enough to stand before those whom nothing
    points to, and too little to be a lead.

    Args:
        drafts: alerts of any detectors.
        cards: by detector.

    Returns:
        Columns of `detection.evidence.pieces.PIECES`.
    """
    rows = [row for draft in drafts for row in _pieces(draft, cards[draft.detector].spread)]
    rows += _shared_places(drafts)
    return pl.DataFrame(rows, schema=PIECES, orient="row")


TOUCHED = 0.1
"""Share of a case's evidence for whoever is involved in it and no more: most of them may be honest."""

_TOUCH: dict[SubjectKind, float] = {"person": TOUCHED}
_SEVERAL = 2


def _shared_places(drafts: Sequence[AlertDraft]) -> Iterator[_Row]:
    """Providers at which several persons or accounts have a case of one detector."""
    cases: dict[tuple[str, str], list[AlertDraft]] = defaultdict(list)
    for draft in drafts:
        if draft.subject.kind in ("person", "payer_account") and draft.subject.provider_id:
            cases[draft.detector, draft.subject.provider_id].append(draft)
    for (detector, provider), there in cases.items():
        if len({draft.subject.identity for draft in there}) >= _SEVERAL:
            value = max(draft.evidence_value for draft in there)
            yield "provider", provider, detector, value, None, None, TOUCHED, "place", None


def _pieces(draft: AlertDraft, spread: Mapping[SubjectKind, float]) -> Iterator[_Row]:
    subject, value, case = draft.subject, draft.evidence_value, draft.alert_id
    yield subject.kind, subject.identity, draft.detector, value, None, None, 1.0, "subject", case
    involved: dict[SubjectKind, tuple[str, ...]] = {
        "person": subject.member_ids,
        "provider": (subject.provider_id,) if subject.provider_id else (),
        "payer_account": subject.member_ids,
    }
    for kind, share in {**_TOUCH, **spread}.items():
        role: Role = "spread" if kind in spread else "touched"
        for identity in involved.get(kind, ()):
            if (kind, identity) != (subject.kind, subject.identity):
                yield kind, identity, draft.detector, value, None, None, share, role, case
