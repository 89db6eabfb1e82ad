"""D10: accounts are emptied at one counter, in like or round amounts.

Others spend an account soon after the credit, month after month; its owner does so; or one counter takes the savings
of relatives' cards within some days, hundreds of yuan at a time. Mild instances leave a part, wait, and vary the sums.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Floats, Ints
from data_samples.ranges import Ranges
from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.whereabouts import a_month, in_hours

_ROUND = 10_000
"""Fen: a hundred yuan."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account, or those of two relatives; the three ways take turns."""
    ways = (_by_others, _by_the_owner, _savings_of_relatives)
    for number, strength in enumerate(city.strengths(rng, instances)):
        ways[number % len(ways)](city, rng, strength)


def _by_others(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some people empty somebody's account in like parts."""
    ranges = city.ranges("account_cash_out", strength)
    count = 1 + ranges.people(rng, "users")
    owner, *users = city.pick_people(rng, count, account=True, age=(25, 85)).tolist()
    for user in users:
        early = (city.period.first_day + 1) * DAY + second(10)
        city.authorize(owner, user, str(rng.choice(["child", "parent"])), early, verified=False)
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("payer_account", owner).member("person", users)
    place = int(city.pick_providers(rng, "pharmacy")[0])
    for day, credit in _some_months(city, rng, owner, ranges):
        there = rng.permutation(users)[: int(rng.integers(1, len(users) + 1))]
        at = _soon(rng, day, len(there), ranges)
        instance.settled(_taken(city, rng, there, place, at, _parts(rng, credit, len(there), ranges), owner))


def _by_the_owner(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The owner empties the account in one part or some."""
    ranges = city.ranges("account_cash_out", strength)
    owner = int(city.pick_people(rng, 1, account=True, age=(25, 85))[0])
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("payer_account", owner).member("person", owner)
    place = int(city.pick_providers(rng, "pharmacy")[0])
    for day, credit in _some_months(city, rng, owner, ranges):
        parts = ranges.count(rng, "parts")
        at = _soon(rng, day, parts, ranges)
        sums = _parts(rng, credit, parts, ranges)
        instance.settled(_taken(city, rng, np.repeat(owner, parts), place, at, sums))


def _savings_of_relatives(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The cards of two relatives are swiped with one employee of a pharmacy within some days."""
    ranges = city.ranges("account_cash_out", strength)
    payer, relative, _ = city.pick_relatives(rng, 1)[0].tolist()
    both = np.array([payer, relative])
    cards = both[city.people.has_account(both)]
    place = int(city.pick_providers(rng, "pharmacy")[0])
    first, last = a_month(city, rng)
    length = ranges.count(rng, "days")
    begin = int(rng.integers(first, last - length))
    swiped = []
    for card in cards.tolist():
        parts, each = ranges.count(rng, "swipes"), _ROUND * ranges.count(rng, "hundreds")
        credited = city.credits(card)
        saved = int(credited[credited[:, 0] < begin, 1].sum())
        # What was credited until then and what lay there before are what is taken, and what is left.
        whole = round(parts * each / (1 - ranges.share(rng, "left")))
        city.set_opening(card, max(0, whole - saved))
        at = in_hours(rng, begin + rng.integers(0, length, parts), 9, 20)
        swiped.append(_taken(city, rng, np.repeat(card, parts), place, at, each))
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("payer_account", cards).member("person", cards).settled(np.concatenate(swiped))


def _some_months(city: Stage, rng: np.random.Generator, owner: int, ranges: Ranges) -> list[list[int]]:
    """Day and fen of the credits of some months in a row; next to nothing was saved before."""
    city.set_opening(owner, int(rng.integers(0, 3_000)))
    credited = city.credits(owner)
    months = ranges.count(rng, "months", len(credited))
    start = int(rng.integers(0, len(credited) - months + 1))
    chosen: list[list[int]] = credited[start : start + months].tolist()
    return chosen


def _soon(rng: np.random.Generator, day: int, parts: int, ranges: Ranges) -> Ints:
    """Times on the day of the credit or on the next ones."""
    return in_hours(rng, day + ranges.counts(rng, "wait", parts) - 1, 8, 20)


def _parts(rng: np.random.Generator, credit: int, parts: int, ranges: Ranges) -> Ints:
    """Most of the credit, in parts that are alike."""
    weights: Floats = np.exp(ranges.share(rng, "uneven") * rng.standard_normal(parts))
    sums: Ints = np.maximum(credit * ranges.share(rng, "part") * weights / weights.sum(), 100).astype(
        np.int64
    )
    return sums


def _taken(
    city: Stage,
    rng: np.random.Generator,
    users: Ints,
    place: int,
    at: Ints,
    fen: int | Ints,
    payer: int = -1,
) -> Ints:
    """Purchases of like amounts at the same counter, from a relative's account or the own one."""
    return city.settle(
        rng,
        users,
        place,
        at,
        purse="account" if payer < 0 else "relative",
        payer=payer,
        total=fen,
        in_scope=True,
        counter=0,
    )
