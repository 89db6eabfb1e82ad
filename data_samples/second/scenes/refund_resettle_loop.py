"""D09: goods are settled and the settlement is undone, again and again, so that only money moves.

One card turns round at one pharmacy; or a counter does it with the cards of many, of whom each comes a few times.
Mild instances wait for hours or until the next days, and pay different amounts.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, lone, near, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one card, or one counter."""
    for number, strength in enumerate(strengths(rng, instances, 36)):
        (_card, _counter, _card)[number % 3](city, rng, strength)


def _card(city: Stage, rng: np.random.Generator, strength: int) -> None:
    person = lone(city, rng, age=(20, 88))
    pharmacy = near(city, rng, person, "pharmacy")
    loops = heavy(rng, graded(strength, 5, 8, 12), graded(strength, 9, 18, 45))
    days = some_days(
        rng, window(city, rng, graded(strength, 120, 60, 25)), max(2, loops // graded(strength, 1, 2, 3))
    )
    at = by_day(city, rng, np.sort(rng.choice(days, loops)))
    handles = _turned(city, rng, np.full(loops, person), pharmacy, at, strength)
    instance = city.instance("refund_resettle_loop", strength=strength)
    instance.subject("person", person).member("provider", pharmacy).settled(handles)


def _counter(city: Stage, rng: np.random.Generator, strength: int) -> None:
    pharmacy = int(city.pick_providers(rng, "pharmacy", subject=True)[0])
    cards = ring(
        city, rng, heavy(rng, graded(strength, 5, 8, 12), 60), district=int(city.places.district[pharmacy])
    )
    each = heavies(rng, len(cards), graded(strength, 2, 2, 3), graded(strength, 4, 6, 12))
    person = rng.permutation(np.repeat(cards, each))
    days = some_days(rng, window(city, rng, graded(strength, 150, 70, 30)), graded(strength, 40, 25, 12))
    at = by_day(city, rng, np.sort(rng.choice(days, len(person))))
    handles = _turned(city, rng, person, pharmacy, at, strength)
    instance = city.instance("refund_resettle_loop", strength=strength)
    instance.subject("provider", pharmacy).member("person", cards).settled(handles)


def _turned(
    city: Stage, rng: np.random.Generator, person: Ints, pharmacy: int, at: Ints, strength: int
) -> Ints:
    """Purchases that are undone after minutes, or after hours and days."""
    total = amounts(rng, len(at), float(rng.uniform(60, 480)), graded(strength, 0.7, 0.35, 0.08))
    handles = city.settle(
        rng, person, pharmacy, at, total=total, in_scope=True, counter=int(rng.integers(0, 2))
    )
    slow = rng.random(len(at)) < graded(strength, 0.6, 0.25, 0.05)
    wait = (
        np.where(slow, heavies(rng, len(at), 60, 3 * 24 * 60, 0.7), heavies(rng, len(at), 1, 50, 0.9))
        * MINUTE
    )
    city.reverse(handles, np.minimum(at + wait, city.period.last_day * DAY + DAY - MINUTE))
    return handles
