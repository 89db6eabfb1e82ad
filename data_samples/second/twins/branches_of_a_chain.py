"""Looks like D07: the same people are seen in several shops of one chain.

They work near one branch and live near another; vouchers and the season bring many of them in the same weeks. Each
comes when it suits.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.second.casting import about_place, by_day, some_days, spared, window
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one chain with its regulars."""
    for _ in range(how_many(instances, 10)):
        shops = np.unique(city.pick_providers(rng, "pharmacy", heavy(rng, 2, 5)))
        regulars = city.pick_people(
            rng,
            spared(city, heavy(rng, 12, 90)),
            district=int(city.places.district[shops[0]]),
            unrelated=False,
        )
        person = np.repeat(regulars, heavies(rng, len(regulars), 2, 16))
        weeks = [some_days(rng, window(city, rng, 12), 12) for _ in range(heavy(rng, 2, 7))]
        season = rng.random(len(person)) < rng.uniform(0.3, 0.7)
        some_day = rng.integers(city.period.first_day, city.period.last_day + 1, len(person))
        day = np.where(season, rng.choice(np.concatenate(weeks), len(person)), some_day)
        handles = city.settle(
            rng,
            person,
            rng.choice(shops, len(person)),
            by_day(city, rng, day),
            total=amounts(rng, len(person), float(rng.uniform(45, 300)), 0.6),
            certain=False,
        )
        instance = city.instance("card_concentration", lookalike=True)
        about_place(city, instance, shops).member("person", regulars).settled(handles)
