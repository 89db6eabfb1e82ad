"""What is counted within a benefit year, settlement by settlement, exactly.

Every person, benefit line and year is a group of events in order of time: settlements, and reversals that give
back. Step k takes the k-th event of all groups at once, so that there are as many steps as the longest group has
events, and each event finds what stood on record before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_samples.grouped import starts
from data_samples.period import Flags, Ints
from data_samples.terms import WHOLE, Terms


@dataclass(frozen=True)
class Counted:
    """Arrays by draft.

    Attributes:
        group: number of person, line and year (-1: not counted).
        at, reversed_at: seconds (`reversed_at` -1: stands).
        scope: in-scope amount in fen.
        term: row of the terms.
        off_pool, off_deductible: fen above what is due.
    """

    group: Ints
    at: Ints
    reversed_at: Ints
    scope: Ints
    term: Ints
    off_pool: Ints
    off_deductible: Ints


class _Record:
    """What stands on record for every group: deductible, eligible cost, pool and second layer, in fen."""

    def __init__(self, groups: int) -> None:
        self.deductible, self.eligible, self.pool, self.second = (
            np.zeros(groups, dtype=np.int64) for _ in range(4)
        )


def accumulate(counted: Counted, terms: Terms) -> tuple[Ints, Ints, Ints]:
    """Pool, deductible and second layer of every draft, in fen; nothing for those that are not counted."""
    pool, deductible, second = (np.zeros(len(counted.group), dtype=np.int64) for _ in range(3))
    row, group, back, edges = _steps(counted)
    record = _Record(int(group.max()) + 1 if len(group) else 0)
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        now, undone = slice(first, last), back[first:last]
        mine, of = row[now][~undone], group[now][~undone]
        deductible[mine], pool[mine], second[mine] = _due(counted, terms, record, mine, of)
        sign = np.where(undone, -1, 1)
        mine, of = row[now], group[now]
        record.deductible[of] += sign * deductible[mine]
        record.eligible[of] += sign * (counted.scope[mine] - deductible[mine])
        record.pool[of] += sign * pool[mine]
        record.second[of] += sign * second[mine]
    return pool, deductible, second


def _steps(counted: Counted) -> tuple[Ints, Ints, Flags, Ints]:
    """Events step by step: row, number of the group, whether it is a reversal, and where each step begins."""
    forward = np.flatnonzero(counted.group >= 0)
    undone = forward[counted.reversed_at[forward] >= 0]
    row = np.r_[forward, undone]
    back = np.arange(len(row)) >= len(forward)
    at = np.where(back, counted.reversed_at[row], counted.at[row])
    order = np.lexsort((at, counted.group[row]))
    row, back = row[order], back[order]
    start = starts(counted.group[row])
    number = np.cumsum(start == np.arange(len(start))) - 1
    nth = np.arange(len(start)) - start
    by_step = np.argsort(nth, kind="stable")
    edges = np.r_[0, np.cumsum(np.bincount(nth, minlength=0))].astype(np.int64)
    return row[by_step], number[by_step], back[by_step], edges


def _due(counted: Counted, terms: Terms, record: _Record, row: Ints, of: Ints) -> tuple[Ints, Ints, Ints]:
    """Deductible, pool and second layer of these rows as written: what is due, and what is off."""
    scope, term = counted.scope[row], counted.term[row]
    left = np.maximum(terms.deductible[term] - record.deductible[of], 0)
    deductible = np.minimum(scope, left + terms.visit[term])
    eligible = scope - deductible
    below = np.clip(terms.segment_from[term] - record.eligible[of], 0, eligible)
    uncapped = (below * terms.ratio[term] + (eligible - below) * terms.ratio_above[term]) // WHOLE
    pool = np.minimum(uncapped, np.maximum(terms.cap[term] - record.pool[of], 0))
    uncovered = eligible * (uncapped - pool) // np.maximum(uncapped, 1)
    room = np.maximum(terms.second_cap[term] - record.second[of], 0)
    second = np.minimum(uncovered * terms.second_ratio[term] // WHOLE, room)
    return (
        np.clip(deductible + counted.off_deductible[row], 0, scope),
        np.clip(pool + counted.off_pool[row], 0, scope - second),
        second,
    )
