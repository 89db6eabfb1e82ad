"""D30: an account's book does not add up, for each of four causes.

The stored balance jumps; it falls below nothing; a settlement stands in the book with another amount; or not at all.
These are errors of the agency's books, not of the owner.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.ranges import Ranges
from data_samples.scenes import Instance, Stage
from data_samples.scenes.whereabouts import a_month, in_hours


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account, told as its owner; every city has each cause."""
    causes = (_jumps, _below_nothing, _another_amount, _not_posted)
    for number, strength in enumerate(city.strengths(rng, max(instances, len(causes)))):
        ranges = city.ranges("ledger_break", strength)
        owner = int(city.pick_people(rng, 1, account=True, age=(20, 90), unrelated=False)[0])
        instance = city.instance("ledger_break", strength=strength).subject("person", owner)
        causes[number % len(causes)](city, rng, owner, instance, ranges)


def _jumps(city: Stage, rng: np.random.Generator, owner: int, instance: Instance, ranges: Ranges) -> None:
    """From one entry to the next the balance changes by more or less than the entry says."""
    fen = int(ranges.fen(rng, "off", 1)[0])
    off = fen * int(rng.choice([1, 1, -1]))
    city.set_opening(owner, 50_000 + fen)
    city.break_balance(owner, _a_day(city, rng), off)
    instance.worth(abs(off))


def _below_nothing(
    city: Stage, rng: np.random.Generator, owner: int, instance: Instance, ranges: Ranges
) -> None:
    """The book says that the account owes money."""
    opening = int(rng.integers(0, 20_000))
    city.set_opening(owner, opening)
    off = opening + int(city.due(owner).sum()) + int(ranges.fen(rng, "below", 1)[0])
    city.break_balance(owner, _a_day(city, rng), -off)
    instance.worth(off)


def _another_amount(
    city: Stage, rng: np.random.Generator, owner: int, instance: Instance, ranges: Ranges
) -> None:
    """Digits are swapped or lost on the way from the counter to the book."""
    handles, total = _bought(city, rng, owner, ranges)
    off = rng.choice([-900, -90, 90, 900, 9_000], len(total))
    city.posted_as(handles, total + off)
    instance.worth(int(np.abs(off).sum()))


def _not_posted(
    city: Stage, rng: np.random.Generator, owner: int, instance: Instance, ranges: Ranges
) -> None:
    """The pharmacy was paid, the account never charged."""
    handles, total = _bought(city, rng, owner, ranges)
    city.unposted(handles)
    instance.worth(int(total.sum()))


def _bought(city: Stage, rng: np.random.Generator, owner: int, ranges: Ranges) -> tuple[Ints, Ints]:
    """Purchases of known amounts within a month, paid by the account alone."""
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[owner]))[0])
    at = in_hours(rng, city.days(rng, ranges.count(rng, "purchases"), *a_month(city, rng)), 8.5, 20)
    total = ranges.fen(rng, "price", len(at))
    return city.settle(rng, owner, pharmacy, at, total=total, doctor=-1), total


def _a_day(city: Stage, rng: np.random.Generator) -> int:
    """A day with entries before and after it."""
    return int(rng.integers(city.period.first_day + 35, city.period.last_day - 35))
