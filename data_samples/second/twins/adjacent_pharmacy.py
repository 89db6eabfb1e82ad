"""Looks like D33: most prescriptions of a health center end at one pharmacy because it is next door.

All of its doctors write them, prices are usual, and who lives elsewhere buys at home.
"""

from __future__ import annotations

import numpy as np

from data_samples.magnitudes import KINDS
from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import kilometers
from data_samples.second.casting import about_place, by_day, near, some_days, spared, window
from data_samples.second.draws import heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one center and its neighbor."""
    for _ in range(how_many(instances, 14)):
        desk = int(city.pick_providers(rng, str(rng.choice(["primary_care", "clinic"])))[0])
        shops = np.flatnonzero((city.places.kind == KINDS.index("pharmacy")) & ~city.provider_taken)
        shop = int(shops[np.argmin(kilometers(city, desk, shops))])
        city.provider_visited[shop] = True
        patients = city.pick_people(
            rng, spared(city, heavy(rng, 20, 120)), district=int(city.places.district[desk]), unrelated=False
        )
        person = np.repeat(patients, heavies(rng, len(patients), 1, 7))
        days = some_days(rng, window(city, rng, 330), len(person))
        written = by_day(city, rng, rng.choice(days, len(person)), "other")
        neighbor = rng.random(len(person)) < rng.uniform(0.55, 0.95)
        neighbor[0] = True
        own = np.array([near(city, rng, who, "pharmacy") for who in person.tolist()])
        at = written + heavies(rng, len(person), 4, 120, 0.7) * MINUTE
        handles = city.settle(
            rng,
            person,
            np.where(neighbor, shop, own),
            np.minimum(at, (city.period.last_day + 1) * DAY - 1),
            desk=desk,
            doctor=(rng.random(len(person)) * city.places.doctors[desk]).astype(np.int64),
            prescribed=written,
            certain=False,
        )
        instance = city.instance("doctor_pharmacy_concentration", lookalike=True)
        about_place(city, instance, shop).member("person", np.unique(person[neighbor])).settled(
            handles[neighbor]
        )
