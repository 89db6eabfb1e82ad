"""Looks like D30: unusual entries after which the balance is right.

A refund months after the purchase; interest on large savings at the end of the year; a correction of the agency that is
posted as one; and money that moves to another account.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.whereabouts import in_hours

_MONTH = 31


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account; the four ways take turns."""
    ways = (_refunded_later, _large_savings, _corrected, _transferred)
    for number in range(instances):
        owner = int(city.pick_people(rng, 1, account=True, age=(20, 90), unrelated=False)[0])
        instance = city.instance("ledger_break", lookalike=True).subject("person", owner)
        instance.settled(ways[number % len(ways)](city, rng, owner))


def _refunded_later(city: Stage, rng: np.random.Generator, owner: int) -> Ints:
    """What was bought in one month comes back in the next or the one after."""
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[owner]))[0])
    at = in_hours(rng, city.days(rng, 1, last_day=city.period.last_day - 2 * _MONTH), 9, 19)
    handles = city.settle(rng, owner, pharmacy, at)
    city.reverse(handles, at + int(rng.integers(_MONTH, 2 * _MONTH)) * DAY)
    return handles


def _large_savings(city: Stage, rng: np.random.Generator, owner: int) -> Ints:
    """So much on the account that interest of the year is worth several credits."""
    city.set_opening(owner, int(rng.integers(3_000_000, 6_000_000)))
    return _nothing()


def _corrected(city: Stage, rng: np.random.Generator, owner: int) -> Ints:
    """An adjustment is an entry like others: the balance follows it."""
    fen = int(city.ranges("entries_that_add_up").fen(rng, "adjustment", 1)[0]) * int(rng.choice([-1, 1]))
    city.post(owner, _a_time(city, rng), "adjustment", fen)
    return _nothing()


def _transferred(city: Stage, rng: np.random.Generator, owner: int) -> Ints:
    """Savings are taken along to another area, a part of them."""
    fen = int(city.ranges("entries_that_add_up").fen(rng, "transfer", 1)[0])
    city.set_opening(owner, fen + int(rng.integers(50_000, 250_000)))
    city.post(owner, _a_time(city, rng), "transfer_out", -fen)
    return _nothing()


def _a_time(city: Stage, rng: np.random.Generator) -> int:
    day = int(rng.integers(city.period.first_day + 15, city.period.last_day - 15))
    return day * DAY + int(rng.integers(second(9), second(17)))


def _nothing() -> Ints:
    return np.empty(0, dtype=np.int64)
