"""D05 and D04: somebody is given far more of a drug than can be taken in the time, at one desk or at several.

The supply of each purchase is long, and the next one comes before a part of it can be used up. Strong instances
gather years of supply in a few months.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, lone, near, some_days, window, written_by
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with one or two drugs; every second one goes to several places."""
    for number, strength in enumerate(strengths(rng, instances, 35)):
        patient = lone(city, rng, age=(30, 92))
        spread = number % 2 == 1
        typology = "cross_provider_same_drug" if spread else "oversupply"
        length = graded(strength, 150, 120, 90)
        days = some_days(
            rng,
            window(city, rng, length),
            heavy(rng, graded(strength, 8, 10, 14), graded(strength, 14, 24, 60)),
        )
        count = len(days)
        shops = (
            city.pick_providers(rng, "pharmacy", heavy(rng, 2, 7))
            if spread
            else np.array([near(city, rng, patient, "pharmacy")])
        )
        desks = city.pick_providers(rng, "primary_care", heavy(rng, 2, 5) if spread else 1)
        at = by_day(city, rng, days)
        supply = rng.choice(graded(strength, [14, 28], [28, 30, 56], [30, 60, 84]), count)
        drugs = rng.integers(WATCHED_FROM, ITEMS, heavy(rng, 1, 3))
        packs = np.maximum(supply // 7, 1)
        handles = city.settle(
            rng,
            patient,
            rng.choice(shops, count),
            at,
            total=packs * amounts(rng, count, float(rng.uniform(12, 60)), 0.15),
            item=rng.choice(drugs, count),
            lines=1,
            packs=packs * heavies(rng, count, 1, graded(strength, 2, 3, 4)),
            supply=supply,
            certain=False,
            **written_by(city, rng, rng.choice(desks, count), at, 900),
        )
        city.instance(typology, strength=strength).subject("person", patient).settled(handles)
