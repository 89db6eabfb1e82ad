"""D34: a broker brings the same strangers together to a clinic or a health center, for gifts or a free ride.

They come from different homes and employers; mild groups lose and win members from trip to trip and come at the
hours of everybody else.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, opening, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, some, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one group and the place that it goes to."""
    for strength in strengths(rng, instances, 30):
        kind = str(rng.choice(["clinic", "primary_care", "pharmacy"]))
        place = int(city.pick_providers(rng, kind)[0])
        group = ring(
            city, rng, heavy(rng, graded(strength, 3, 4, 5), graded(strength, 7, 12, 25)), age=(45, 95)
        )
        instance = city.instance("co_visit_group", strength=strength)
        instance.subject("group").member("person", group).member("provider", place)
        trips = heavy(rng, graded(strength, 5, 8, 12), graded(strength, 10, 20, 45))
        price = float(rng.uniform(70, 400))
        for day in some_days(rng, window(city, rng, graded(strength, 330, 250, 160)), trips).tolist():
            there = some(rng, group, graded(strength, 0.7, 0.85, 0.97))
            at = (
                opening(city, rng, day)
                + heavies(rng, len(there), 1, graded(strength, 180, 70, 25), 0.5) * MINUTE
            )
            if strength == 1 and rng.random() < 0.3:
                at = by_day(city, rng, np.full(len(there), day), "other")
            handles = city.settle(
                rng,
                there,
                place,
                at,
                care="pharmacy" if kind == "pharmacy" else "outpatient",
                total=amounts(rng, len(there), price, graded(strength, 0.6, 0.35, 0.12)),
                certain=False,
            )
            instance.settled(handles)
