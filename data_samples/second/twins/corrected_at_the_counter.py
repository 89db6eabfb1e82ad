"""Looks like D09: a counter undoes settlements because they were wrong, and settles them right.

A new cashier picks the wrong item for two weeks, a card reader books twice on one afternoon, or a family pharmacy
takes back what did not fit some days later. Each purchase is corrected once.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage
from data_samples.second.casting import about_place, by_day, opening, ring, some_days, window
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one counter; the three reasons take turns."""
    for number in range(how_many(instances, 36)):
        pharmacy = int(city.pick_providers(rng, "pharmacy")[0])
        guests = ring(city, rng, heavy(rng, 5, 45), district=int(city.places.district[pharmacy]))
        reason = (_wrong_item, _booked_twice, _brought_back)[number % 3]
        handles = reason(city, rng, guests, pharmacy)
        instance = city.instance("refund_resettle_loop", lookalike=True)
        about_place(city, instance, pharmacy).member("person", guests).settled(handles)


def _wrong_item(city: Stage, rng: np.random.Generator, guests: Ints, pharmacy: int) -> Ints:
    """Undone and settled again for the right amount within a quarter of an hour."""
    days = some_days(rng, window(city, rng, 16), 16)
    at = np.minimum(by_day(city, rng, rng.choice(days, len(guests))), city.period.last_day * DAY + 80_000)
    wrong = city.settle(rng, guests, pharmacy, at, counter=0)
    back = at + heavies(rng, len(at), 1, 9) * MINUTE
    city.reverse(wrong, back)
    right = city.settle(
        rng, guests, pharmacy, back + rng.integers(30, 300, len(at)), counter=0, certain=False
    )
    return np.concatenate([wrong, right])


def _booked_twice(city: Stage, rng: np.random.Generator, guests: Ints, pharmacy: int) -> Ints:
    """Everybody of one afternoon is settled twice; the second booking is undone the same evening."""
    day = int(rng.integers(city.period.first_day, city.period.last_day))
    at = opening(city, rng, day) + np.sort(rng.integers(0, 100 * MINUTE, len(guests)))
    total = amounts(rng, len(guests), float(rng.uniform(50, 350)), 0.7)
    right = city.settle(rng, guests, pharmacy, at, total=total, in_scope=True)
    twice = city.settle(rng, guests, pharmacy, at + rng.integers(4, 40, len(at)), total=total, in_scope=True)
    evening = day * DAY + 21 * 3600 + np.arange(len(at)) * rng.integers(15, 50)
    city.reverse(twice, evening)
    return np.concatenate([right, twice])


def _brought_back(city: Stage, rng: np.random.Generator, guests: Ints, pharmacy: int) -> Ints:
    """Brought back after some days, over many months; a few take something else instead."""
    at = by_day(city, rng, rng.integers(city.period.first_day, city.period.last_day - 12, len(guests)))
    bought = city.settle(rng, guests, pharmacy, at)
    back = at + heavies(rng, len(at), 1, 11) * DAY + rng.integers(-1_800, 1_800, len(at))
    city.reverse(bought, back)
    other = rng.random(len(at)) < 0.3
    if not other.any():
        return bought
    instead = city.settle(rng, guests[other], pharmacy, back[other] + 5 * MINUTE, certain=False)
    return np.concatenate([bought, instead])
