"""D31: cards of the dead go on being used, by a relative, or by the shop that has kept them.

The family goes on buying for some weeks; or a shop settles with the cards of several who have died. Half of the
enrolments were not ended either.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, lone, near, some_days, spared
from data_samples.second.draws import amounts, graded, heavy, strengths

FIRST = True
"""Plays before the scenes that take many people: not many are old."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """Three of four instances are one card, the other a shop's."""
    for number, strength in enumerate(strengths(rng, instances, 30)):
        instance = city.instance("ineligible_settlement", strength=strength)
        if number % 4 == 1:
            shop = int(city.pick_providers(rng, "pharmacy", subject=True)[0])
            count = spared(city, heavy(rng, graded(strength, 2, 3, 4), 12))
            dead = [lone(city, rng, age=(58, 100)) for _ in range(count)]
            instance.subject("provider", shop).member("person", dead)
        else:
            dead = [lone(city, rng, age=(50, 100))]
            shop = near(city, rng, dead[0], "pharmacy")
            instance.subject("person", dead)
        for person in dead:
            instance.settled(_used_after_death(city, rng, person, shop, strength))


def _used_after_death(city: Stage, rng: np.random.Generator, person: int, shop: int, strength: int) -> Ints:
    longest = graded(strength, 30, 90, 240)
    day = int(
        rng.integers(
            city.period.first_day + 5, max(city.period.first_day + 6, city.period.last_day - longest)
        )
    )
    city.die(person, day, enrolment_ends=bool(rng.random() < 0.5))
    count = heavy(rng, graded(strength, 1, 3, 6), graded(strength, 4, 9, 30))
    days = some_days(rng, (day + 1 + heavy(rng, 1, 12), min(day + longest, city.period.last_day)), count)
    total = amounts(rng, len(days), float(rng.uniform(40, 250)), 0.6)
    return city.settle(rng, person, shop, by_day(city, rng, days), total=total)
