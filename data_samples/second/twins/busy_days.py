"""Looks like D07: a place has days on which everybody comes.

The village clinic is full on market days; a pharmacy has a member day each month, with vouchers that make baskets
alike; a promotion lasts a weekend. The crowd is another one each time, but for the faithful.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import about_place, spared, window
from data_samples.second.draws import amounts, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one place with its busy days; the three ways take turns."""
    for number in range(how_many(instances, 14)):
        kind = ("clinic", "pharmacy", "pharmacy")[number % 3]
        place = int(city.pick_providers(rng, kind)[0])
        crowd = city.pick_people(
            rng,
            spared(city, heavy(rng, 15, 90)),
            district=int(city.places.district[place]),
            unrelated=False,
        )
        faithful = rng.random(len(crowd)) < rng.uniform(0.1, 0.5)
        instance = city.instance("card_concentration", lookalike=True)
        about_place(city, instance, place).member("person", crowd)
        price, spread = float(rng.uniform(50, 400)), float(rng.uniform(0.15, 0.6))
        for day in _days(city, rng, number % 3):
            there = rng.permutation(crowd[faithful | (rng.random(len(crowd)) < rng.uniform(0.15, 0.5))])
            if len(there) == 0:
                continue
            length = int(rng.integers(70, 400)) * MINUTE
            at = day * DAY + int(rng.integers(7 * 60, 11 * 60)) * MINUTE + rng.integers(0, length, len(there))
            handles = city.settle(
                rng,
                there,
                place,
                at,
                care="outpatient" if kind == "clinic" else "pharmacy",
                total=amounts(rng, len(there), price, spread),
                certain=False,
            )
            instance.settled(handles)
            if number % 4 == 1:
                city.register("event", provider=place, first_day=day, last_day=day)


def _days(city: Stage, rng: np.random.Generator, way: int) -> list[int]:
    if way == 1:
        date = int(rng.integers(0, 28))
        starts: list[int] = city.period.month_starts.tolist()
        return [start + date for start in starts if start + date <= city.period.last_day]
    if way == 2:
        first, _ = window(city, rng, 3)
        return [first, first + 1, first + 2]
    first, last = window(city, rng, 220)
    return list(range(first, last + 1, int(rng.choice([5, 7, 10]))))
