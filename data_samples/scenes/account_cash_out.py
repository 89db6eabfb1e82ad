"""D10: accounts are emptied at one counter, in like or round amounts.

Others spend all of an account within two days of the credit, month after month; its owner does so; or one counter
takes the savings of relatives' cards within some days, hundreds of yuan at a time.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.whereabouts import a_month, in_hours

_ROUND = 10_000
"""Fen: a hundred yuan."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account, or those of two relatives; the three ways take turns."""
    ways = (_by_others, _by_the_owner, _savings_of_relatives)
    for number in range(instances):
        ways[number % len(ways)](city, rng)


def _by_others(city: Stage, rng: np.random.Generator) -> None:
    """Two or three people empty somebody's account in equal parts."""
    owner, *users = city.pick_people(rng, int(rng.integers(3, 5)), account=True, age=(25, 85)).tolist()
    for user in users:
        early = (city.period.first_day + 1) * DAY + second(10)
        city.authorize(owner, user, str(rng.choice(["child", "parent"])), early, verified=False)
    instance = city.instance("account_cash_out").subject("payer_account", owner).member("person", users)
    place = int(city.pick_providers(rng, "pharmacy")[0])
    for day, credit in _some_months(city, rng, owner):
        there = rng.permutation(users)[: int(rng.integers(1, len(users) + 1))]
        at = in_hours(rng, day + rng.integers(0, 2, len(there)), 8, 20)
        instance.settled(_taken(city, rng, there, place, at, credit // len(there), owner))


def _by_the_owner(city: Stage, rng: np.random.Generator) -> None:
    """The owner empties the account in one or two equal parts."""
    owner = int(city.pick_people(rng, 1, account=True, age=(25, 85))[0])
    instance = city.instance("account_cash_out").subject("payer_account", owner).member("person", owner)
    place = int(city.pick_providers(rng, "pharmacy")[0])
    for day, credit in _some_months(city, rng, owner):
        parts = int(rng.integers(1, 3))
        at = in_hours(rng, day + rng.integers(0, 2, parts), 8, 20)
        instance.settled(_taken(city, rng, np.repeat(owner, parts), place, at, credit // parts))


def _savings_of_relatives(city: Stage, rng: np.random.Generator) -> None:
    """The cards of two relatives are swiped empty with one employee of a pharmacy within some days."""
    payer, relative, _ = city.pick_relatives(rng, 1)[0].tolist()
    both = np.array([payer, relative])
    cards = both[city.people.has_account(both)]
    place = int(city.pick_providers(rng, "pharmacy")[0])
    first, last = a_month(city, rng)
    begin = int(rng.integers(first, last - 5))
    swiped = []
    for card in cards.tolist():
        parts, each = int(rng.integers(4, 9)), _ROUND * int(rng.integers(3, 10))
        credited = city.credits(card)
        saved = int(credited[credited[:, 0] < begin, 1].sum())
        # What was credited until then and what lay there before are together what is taken.
        city.set_opening(card, max(0, parts * each - saved))
        at = in_hours(rng, begin + rng.integers(0, 5, parts), 9, 20)
        swiped.append(_taken(city, rng, np.repeat(card, parts), place, at, each))
    instance = city.instance("account_cash_out").subject("payer_account", cards).member("person", cards)
    instance.settled(np.concatenate(swiped))


def _some_months(city: Stage, rng: np.random.Generator, owner: int) -> list[list[int]]:
    """Day and fen of the credits of five to twelve months in a row; nothing was saved before."""
    city.set_opening(owner, int(rng.integers(0, 3_000)))
    months = min(city.period.months, int(rng.integers(5, 13)))
    start = int(rng.integers(0, city.period.months - months + 1))
    chosen: list[list[int]] = city.credits(owner)[start : start + months].tolist()
    return chosen


def _taken(
    city: Stage,
    rng: np.random.Generator,
    users: Ints,
    place: int,
    at: Ints,
    each: int,
    payer: int = -1,
) -> Ints:
    """Purchases of the same amount at the same counter, from a relative's account or the own one."""
    return city.settle(
        rng,
        users,
        place,
        at,
        purse="account" if payer < 0 else "relative",
        payer=payer,
        total=np.full(len(users), each),
        in_scope=True,
        counter=0,
    )
