"""Which dismissals a second person reviews, and other samples: by the hash of an id, so that they can be repeated."""

from __future__ import annotations

import hashlib

from detection.cases.limits import limits

_PARTS = 10_000


def in_share(key: str, share: float) -> bool:
    """Whether a key is in the sample of a share (0 to 1): the same answer each time, for each key by itself.

    Ids of alerts are keyed hashes, so that nobody can foresee which of them are in a sample.
    """
    return place(key) < share * _PARTS


def place(key: str) -> int:
    """Place of a key among `_PARTS` equal parts."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % _PARTS


def second_review(alert_id: str, pool: int, account: int) -> bool:
    """Whether two people dismiss an alert: it is about much money, or in the random share of the smaller ones.

    Args:
        alert_id: its id.
        pool: fen of the pooled fund.
        account: fen of personal accounts; what is owed and what is claimed do not lessen each other.
    """
    large = abs(pool) + abs(account) >= limits().second_review_from
    return large or in_share(f"second review {alert_id}", limits().second_review_share)
