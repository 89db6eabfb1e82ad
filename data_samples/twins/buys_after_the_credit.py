"""Looks like D10: chronic patients with little on the account buy their month's drugs as soon as it is credited.

Mostly for themselves; in one instance of three for a relative too, in another of three the account of somebody
who needs nothing pays for two or three relatives.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.policy import lawful_from
from data_samples.twins.kin import Kinship, Tie

_WAYS = 3


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account whose balance the same drugs empty every month."""
    kinship = Kinship(city)
    for number in range(instances):
        owner, users = _who(city, rng, kinship, number % _WAYS)
        for tie in users:
            if tie.person != owner:
                start = lawful_from(city) * DAY + int(rng.integers(second(8), second(20)))
                city.authorize(owner, tie.person, tie.relation, start, verified=bool(rng.random() < 0.8))
        city.set_opening(owner, int(city.ranges("buys_after_the_credit").fen(rng, "opening", 1)[0]))
        instance = city.instance("account_cash_out", lookalike=True).subject("payer_account", owner)
        instance.member("person", sorted({owner, *(tie.person for tie in users)}))
        instance.settled(_months(city, rng, owner, [tie.person for tie in users]))


def _who(city: Stage, rng: np.random.Generator, kinship: Kinship, way: int) -> tuple[int, list[Tie]]:
    """An owner, and those who buy: the owner, the owner and a relative, or two or three relatives."""
    if way:
        for owner in kinship.free_owners(rng, way):
            family = kinship.free(owner)[: way + int(rng.integers(0, 2))]
            if len(family) >= way:
                kinship.take([owner, *(tie.person for tie in family)])
                return owner, [*family, Tie(owner, "")] if way == 1 else family
    owner = int(city.pick_people(rng, 1, account=True, age=(45, 92))[0])
    return owner, [Tie(owner, "")]


def _months(city: Stage, rng: np.random.Generator, owner: int, users: list[int]) -> Ints:
    """One purchase a month, in most months, by one of the users, on one of the days after the credit."""
    ranges, every = city.ranges("buys_after_the_credit"), city.credits(owner)
    every = every[every[:, 0] > lawful_from(city)]
    kept = rng.random(len(every)) < ranges.share(rng, "months")
    kept[-1] = True
    day, credit = every[kept].T
    wait = ranges.counts(rng, "wait", len(day)) - 1
    at = np.minimum(day + wait, city.period.last_day) * DAY + rng.integers(second(8), second(19), len(day))
    place = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[owner]))[0])
    basket: dict[str, Any] = {
        "item": int(rng.integers(1, 280)),
        "lines": int(rng.integers(1, 4)),
        "supply": 28,
    }
    # A stable price, of which the credit pays what it can.
    total = round(ranges.share(rng, "price") * int(credit[0])) + 10 * rng.integers(-40, 41, len(day))
    total = np.maximum(total, 1_000)
    who = rng.choice(users, len(day))
    parts = []
    for user in sorted(set(who.tolist())):
        mine = who == user
        purse, payer = ("account", -1) if user == owner else ("relative", owner)
        paid = {"total": total[mine], "purse": purse, "payer": payer, "certain": False} | basket
        parts.append(city.settle(rng, user, place, at[mine], **paid))
    return np.concatenate(parts)
