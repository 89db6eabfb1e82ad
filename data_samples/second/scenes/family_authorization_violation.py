"""D26: accounts that pay for people who are no family, under authorizations that nobody verified.

A hub pays for many, each recorded as a child or parent; a collector has the accounts of many pay for one person's
purchases; or accounts pay in a circle, each for the next, so that no account shows its owner.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, Ints
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, near, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """The three ways take turns."""
    for number, strength in enumerate(strengths(rng, instances, 45)):
        (_hub, _collector, _circle)[number % 3](city, rng, strength)


def _hub(city: Stage, rng: np.random.Generator, strength: int) -> None:
    size = heavy(rng, graded(strength, 4, 6, 9), graded(strength, 8, 14, 40))
    owner, *users = ring(city, rng, 1 + size, age=(25, 90)).tolist()
    pairs = [(owner, user) for user in users]
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("payer_account", owner).member("person", users)
    instance.settled(_pay(city, rng, pairs, strength))


def _collector(city: Stage, rng: np.random.Generator, strength: int) -> None:
    size = heavy(rng, graded(strength, 3, 5, 7), graded(strength, 6, 12, 30))
    user, *owners = ring(city, rng, 1 + size, age=(25, 90)).tolist()
    pairs = [(owner, user) for owner in owners]
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("person", user).member("payer_account", owners)
    instance.settled(_pay(city, rng, pairs, strength))


def _circle(city: Stage, rng: np.random.Generator, strength: int) -> None:
    size = heavy(rng, 3, graded(strength, 4, 6, 10))
    people = ring(city, rng, size, age=(25, 90)).tolist()
    pairs = list(zip(people, [*people[1:], people[0]], strict=True))
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("group").member("payer_account", people).member("person", people)
    instance.settled(_pay(city, rng, pairs, strength))


def _pay(city: Stage, rng: np.random.Generator, pairs: list[tuple[int, int]], strength: int) -> Ints:
    """Authorized within a few days or over half a year, then paid for, at a shop or two."""
    span = window(city, rng, graded(strength, 330, 240, 150), lawful_from(city))
    shops = city.pick_providers(rng, "pharmacy", graded(strength, 3, 2, 1))
    parts = []
    for owner, user in pairs:
        start = min(span[0] + heavy(rng, 1, graded(strength, 150, 60, 9)), span[1] - 1)
        relation = str(rng.choice(["child", "parent", "spouse"], p=[0.45, 0.45, 0.10]))
        verified = bool(rng.random() < graded(strength, 0.7, 0.35, 0.1))
        city.authorize(owner, user, relation, start * DAY + 9 * 3600, verified=verified)
        count = heavy(rng, graded(strength, 2, 2, 3), graded(strength, 6, 9, 25))
        days = some_days(rng, (start + 1, span[1]), count)
        places = rng.choice(shops, len(days))
        if strength == 1:
            places = np.where(rng.random(len(days)) < 0.5, near(city, rng, user, "pharmacy"), places)
        total = amounts(rng, len(days), float(rng.uniform(80, 400)), graded(strength, 0.8, 0.5, 0.25))
        at = by_day(city, rng, days)
        packs = heavies(rng, len(days), 1, 8)
        parts.append(
            city.settle(rng, user, places, at, purse="relative", payer=owner, total=total, packs=packs)
        )
    return np.concatenate(parts)
