"""Looks like D07: the staff of a home buy for its residents, all at once, at the shop that delivers.

The residents are old, live in one district and take the same drugs every other week. Some homes are registered.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import about_place, near, opening, spared
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one home with its pharmacy."""
    for number in range(how_many(instances, 10)):
        district = int(rng.integers(0, city.places.district.max() + 1))
        residents = city.pick_people(
            rng, spared(city, heavy(rng, 8, 60)), district=district, age=(68, 110), unrelated=False
        )
        pharmacy = near(city, rng, int(residents[0]), "pharmacy")
        instance = city.instance("card_concentration", lookalike=True)
        about_place(city, instance, pharmacy).member("person", residents)
        usual = amounts(rng, len(residents), float(rng.uniform(60, 320)), 0.6)
        item = rng.integers(1, 285, len(residents))
        first = city.period.first_day + int(rng.integers(0, 14))
        for day in range(first, city.period.last_day + 1, int(rng.choice([7, 14, 28]))):
            here = rng.random(len(residents)) < rng.uniform(0.75, 1.0)
            if not here.any():
                continue
            pause = heavies(rng, int(here.sum()), 1, 12, 0.9) * MINUTE
            handles = city.settle(
                rng,
                residents[here],
                pharmacy,
                opening(city, rng, day) + np.cumsum(pause) // 2,
                total=(usual[here] * rng.uniform(0.8, 1.25, int(here.sum()))).astype(np.int64),
                item=item[here],
                certain=False,
            )
            instance.settled(handles)
        if number % 2 == 0:
            for person in residents.tolist():
                city.register("nursing_home", person=person, first_day=city.period.first_day)
