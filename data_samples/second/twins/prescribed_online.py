"""Looks like D12 and D33: a platform's doctor writes many prescriptions at all hours, minutes before the sale.

The patients buy at shops of their own district, some of which deliver at night.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import near, some_days, spared, window
from data_samples.second.draws import heavies, heavy, how_many
from data_samples.timing import draw_seconds


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one doctor of a hospital's platform."""
    for _ in range(how_many(instances, 12)):
        hospital = int(city.pick_providers(rng, "hospital")[0])
        patients = city.pick_people(rng, spared(city, heavy(rng, 15, 120)), age=(18, 75), unrelated=False)
        person = np.repeat(patients, heavies(rng, len(patients), 1, 8))
        shop = {who: near(city, rng, who, "pharmacy") for who in patients.tolist()}
        day = rng.choice(some_days(rng, window(city, rng, 400), 400), len(person))
        # Emergencies have the flattest hours: a platform is used in the evening and at night, too.
        written = day * DAY + draw_seconds(rng, len(person), city.sizes, "emergency")
        at = np.minimum(
            written + heavies(rng, len(person), 2, 90, 0.6) * MINUTE, (city.period.last_day + 1) * DAY - 1
        )
        handles = city.settle(
            rng,
            person,
            np.array([shop[who] for who in person.tolist()]),
            at,
            desk=hospital,
            doctor=0,
            prescribed=np.minimum(written, at - MINUTE),
            credential=0,
            channel="online",
            certain=False,
        )
        city.instance("fictitious_purchase", lookalike=True).subject("group").member(
            "person", patients
        ).settled(handles)
