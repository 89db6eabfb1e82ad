"""D06: somebody buys easily resold drugs for a living, with prescriptions from many desks.

One buyer goes from shop to shop; or one carries the cards of several along the same round, on the same days. Mild
buyers keep to a few shops, buy ordinary drugs in between and stay below what a chronic patient might need.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, lone, ring, some_days, window, written_by
from data_samples.second.draws import amounts, graded, heavies, heavy, some, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """Two of three instances are one buyer, the other a round with several cards."""
    for number, strength in enumerate(strengths(rng, instances, 40)):
        (_one_buyer, _round, _one_buyer)[number % 3](city, rng, strength)


def _one_buyer(city: Stage, rng: np.random.Generator, strength: int) -> None:
    buyer = lone(city, rng, age=(28, 88))
    span = window(city, rng, graded(strength, 300, 240, 150))
    days = some_days(rng, span, heavy(rng, graded(strength, 14, 30, 45), graded(strength, 40, 80, 150)))
    at = by_day(city, rng, days)
    shops = city.pick_providers(
        rng, "pharmacy", heavy(rng, graded(strength, 3, 5, 8), graded(strength, 6, 10, 20))
    )
    handles = _bought(city, rng, np.full(len(at), buyer), rng.choice(shops, len(at)), at, strength)
    city.instance("professional_buyer", strength=strength).subject("person", buyer).settled(handles)


def _round(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The cards take turns at each shop, minutes apart; the next shop follows within the hour."""
    cards = ring(city, rng, heavy(rng, 3, graded(strength, 5, 7, 14)), age=(45, 92))
    shops = city.pick_providers(rng, "pharmacy", heavy(rng, 3, graded(strength, 4, 7, 12)))
    rounds = heavy(rng, graded(strength, 5, 7, 10), graded(strength, 9, 14, 35))
    parts = []
    for day in some_days(rng, window(city, rng, graded(strength, 300, 220, 140)), rounds).tolist():
        clock = day * DAY + int(rng.integers(8 * 60, 15 * 60)) * MINUTE
        for shop in some(rng, shops, graded(strength, 0.4, 0.6, 0.8)).tolist():
            there = some(rng, cards, graded(strength, 0.5, 0.75, 0.95))
            at = clock + np.cumsum(heavies(rng, len(there), 60, 900, 0.8))
            parts.append(_bought(city, rng, there, np.full(len(at), shop), at, strength))
            clock = int(at[-1]) + heavy(rng, 10, 70, 0.7) * MINUTE
    instance = city.instance("professional_buyer", strength=strength)
    instance.subject("group").member("person", cards).settled(np.concatenate(parts))


def _bought(
    city: Stage, rng: np.random.Generator, person: Ints, shops: Ints, at: Ints, strength: int
) -> Ints:
    """Mostly watched drugs, many packs at a time."""
    watched = rng.random(len(at)) < graded(strength, 0.55, 0.75, 0.95)
    choice = np.arange(WATCHED_FROM, ITEMS)[rng.permutation(ITEMS - WATCHED_FROM)[: heavy(rng, 2, 9)]]
    packs = heavies(rng, len(at), graded(strength, 2, 3, 5), graded(strength, 6, 10, 24), 0.9)
    desks = rng.choice(
        city.pick_providers(rng, str(rng.choice(["primary_care", "hospital"])), heavy(rng, 2, 7)), len(at)
    )
    return city.settle(
        rng,
        person,
        shops,
        at,
        certain=False,
        total=packs * amounts(rng, len(at), float(rng.uniform(18, 75)), 0.3),
        item=np.where(watched, rng.choice(choice, len(at)), rng.integers(1, WATCHED_FROM, len(at))),
        lines=1,
        packs=packs,
        **written_by(city, rng, desks, at, 2_000),
    )
