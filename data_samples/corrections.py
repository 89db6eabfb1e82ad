"""Ordinary reversals: half of them cashier corrections within half an hour, the rest returns days later."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.costs import draw_totals, split_scope
from data_samples.drafts import Drafts, join, size, take
from data_samples.magnitudes import Magnitudes
from data_samples.period import DAY, MINUTE, Period

_SPECIAL = 4


def reverse_some(rng: np.random.Generator, drafts: Drafts, period: Period, sizes: Magnitudes) -> Drafts:
    """The drafts with reversal times, and with the settlements that replace what a cashier corrected."""
    visits, count = sizes["visits"], size(drafts)
    reversed_ = (rng.random(count) < visits["reversed"]) & (drafts.care < _SPECIAL)
    rows = np.flatnonzero(reversed_)
    quick = rng.random(len(rows)) < 0.5
    quick &= _nth_of_person(drafts.person[rows], quick) < visits["quick_reversals_each"]
    soon = rng.integers(MINUTE, 30 * MINUTE, len(rows))
    later = rng.integers(1, 15, len(rows)) * DAY + rng.integers(-3600, 3600, len(rows))
    at = drafts.at[rows] + np.where(quick, soon, later)
    inside = at < (period.last_day + 1) * DAY
    drafts.reversed_at[rows[inside]] = at[inside]
    # What comes back later must have been paid in full: the ledger counts such payments as certain.
    drafts.must[rows[inside]] = True
    again = rows[quick & inside & (rng.random(len(rows)) < 0.5)]
    return join([drafts, _resettled(rng, take(drafts, again), sizes)])


def _nth_of_person(person: Any, counted: Any) -> Any:
    """How many counted rows of the same person come before each row."""
    order = np.argsort(person, kind="stable")
    running = np.cumsum(counted[order]) - counted[order]
    first = np.searchsorted(person[order], person[order], side="left")
    nth = np.empty(len(person), dtype=np.int64)
    nth[order] = running - running[first]
    return nth


def _resettled(rng: np.random.Generator, drafts: Drafts, sizes: Magnitudes) -> Drafts:
    """The right settlement after a cashier's correction, minutes later and for another amount."""
    drafts.at[:] = drafts.reversed_at + rng.integers(MINUTE, 8 * MINUTE, size(drafts))
    drafts.reversed_at[:] = -1
    drafts.must[:] = False
    drafts.total[:] = draw_totals(rng, drafts.care, sizes)
    split_scope(rng, drafts, sizes)
    return drafts
