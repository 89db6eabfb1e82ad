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
    it, and where the card is about accounts their accounts, too; so has a provider at which several subjects have a
    case. It is enough to stand before those whom nothing points to, and too little to be a lead.
    `detection.evidence.recurrence` raises it for persons whom the case cites again and again.

    Args:
        drafts: alerts of any detectors.
        cards: by detector.

    Returns:
        Columns of `detection.evidence.pieces.PIECES`.
    """
    rows = [row for draft in drafts for row in _pieces(draft, _involved(cards[draft.detector]))]
    rows += _shared_places(drafts)
    return pl.DataFrame(rows, schema=PIECES, orient="row")


TOUCHED = 0.1
"""Share of a case's evidence for whoever is involved in it and no more: most of them may be honest."""

_ACCOUNTS = "personal_account"
"""Family of cards about what accounts pay for: there the accounts of the people are involved, too."""
_SEVERAL = 2


def _involved(card: Card) -> Mapping[SubjectKind, tuple[float, Role]]:
    """Share and role of each kind of those involved."""
    touched: dict[SubjectKind, tuple[float, Role]] = {"person": (TOUCHED, "touched")}
    if card.family == _ACCOUNTS:
        touched["payer_account"] = (TOUCHED, "touched")
    return touched | {kind: (share, "spread") for kind, share in card.spread.items()}


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


def _pieces(draft: AlertDraft, shares: Mapping[SubjectKind, tuple[float, Role]]) -> Iterator[_Row]:
    subject, value, case = draft.subject, draft.evidence_value, draft.alert_id
    yield subject.kind, subject.identity, draft.detector, value, None, None, 1.0, "subject", case
    involved: dict[SubjectKind, tuple[str, ...]] = {
        "person": subject.member_ids,
        "provider": (subject.provider_id,) if subject.provider_id else (),
        "payer_account": subject.member_ids,
    }
    for kind, (share, role) in shares.items():
        for identity in involved.get(kind, ()):
            if (kind, identity) != (subject.kind, subject.identity):
                yield kind, identity, draft.detector, value, None, None, share, role, case
