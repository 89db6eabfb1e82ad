"""Looks like D29: credits that start, change, stop or come late, each by rule.

Retirement within the year; the first month of enrolment; a pause without credits; and a month that was paid for late
and credited with its own accrual month.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage

_WORKING = ["active", "flexible"]


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account; the four ways take turns."""
    ways = (_retires, _enrols, _pauses, _is_paid_back)
    for number in range(instances):
        ages = (52, 64) if number % len(ways) == 0 else (20, 58)
        owner = int(city.pick_people(rng, 1, categories=_WORKING, account=True, age=ages, unrelated=False)[0])
        ways[number % len(ways)](city, rng, owner)
        city.instance("credit_rule_violation", lookalike=True).subject("person", owner)


def _retires(city: Stage, rng: np.random.Generator, owner: int) -> None:
    """The credit changes from a share of the contribution base to that of the retired."""
    city.change_cover(owner, _a_day(city, rng), "retired")


def _enrols(city: Stage, rng: np.random.Generator, owner: int) -> None:
    """The first credit comes on the first credit day after the enrolment began."""
    city.begin_cover(owner, _a_day(city, rng))


def _pauses(city: Stage, rng: np.random.Generator, owner: int) -> None:
    """Contributions stop for some weeks, and with them enrolment and credits."""
    first = _a_day(city, rng)
    city.pause_cover(
        owner,
        first,
        min(first + city.ranges("credits_with_a_reason").count(rng, "pause"), city.period.last_day - 5),
    )


def _is_paid_back(city: Stage, rng: np.random.Generator, owner: int) -> None:
    """The employer paid late: the month is credited within the next ones, once, as that month."""
    months = np.flatnonzero(city.period.month_starts >= city.policy_start)[:-1]
    month = int(rng.choice(months))
    fen = int(city.due(owner)[month])
    city.set_credit(owner, month, 0)
    next_month = int(city.period.month_starts[month + 1])
    city.extra_credit(owner, next_month + int(rng.integers(0, 27)), fen, month)


def _a_day(city: Stage, rng: np.random.Generator) -> int:
    """A day after mutual aid began, with credit days before and after it."""
    first = max(city.period.first_day, city.policy_start) + 20
    return int(rng.integers(first, city.period.last_day - 40))
