"""One order: no two moments of a person, settlements and reversals together, fall into the same second."""

from __future__ import annotations

import numpy as np

from data_samples.drafts import Drafts, size
from data_samples.grouped import starts

_APART = 10**11
"""Seconds that no city lives to see: keeps people apart in one running maximum."""


def put_in_order(drafts: Drafts) -> None:
    """Moves what falls together by as many seconds as needed; what was planted stays first."""
    undone = np.flatnonzero(drafts.reversed_at >= 0)
    row = np.r_[np.arange(size(drafts)), undone]
    back = np.arange(len(row)) >= size(drafts)
    at = np.where(back, drafts.reversed_at[row], drafts.at[row])
    person = drafts.person[row].astype(np.int64)
    order = np.lexsort((drafts.number[row], -drafts.stream[row], back, at, person))
    at, person = at[order], person[order]
    nth = np.arange(len(order)) - starts(person)
    # A moment that is later than its place in the person's row leaves room; the running maximum takes the rest.
    raised = np.maximum.accumulate(person * _APART + at - nth) - person * _APART + nth
    moved = np.empty(len(order), dtype=np.int64)
    moved[order] = raised
    drafts.at[:] = moved[: size(drafts)]
    drafts.reversed_at[undone] = moved[size(drafts) :]
