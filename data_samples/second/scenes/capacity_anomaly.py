"""D32: a clinic settles a list of patients with the rhythm of a machine, whether they are there or not.

One name follows the other every so many seconds, in the order of the list; strong instances also at night. Mild ones
pause between the names as a busy desk would, and leave some out.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import ring, some_days, window
from data_samples.second.draws import amounts, graded, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one clinic with its list."""
    for strength in strengths(rng, instances, 14):
        clinic = int(city.pick_providers(rng, "clinic", subject=True)[0])
        names = ring(
            city,
            rng,
            heavy(rng, graded(strength, 10, 14, 20), graded(strength, 30, 60, 140)),
            district=int(city.places.district[clinic]),
        )
        instance = city.instance("capacity_anomaly", strength=strength)
        instance.subject("provider", clinic).member("person", names)
        interval = rng.uniform(*graded(strength, (100, 260), (35, 100), (9, 40)))
        noise = graded(strength, 0.30, 0.10, 0.02)
        runs = heavy(rng, graded(strength, 4, 6, 8), graded(strength, 10, 20, 45))
        price = float(rng.uniform(45, 220))
        for day in some_days(rng, window(city, rng, graded(strength, 300, 150, 80)), runs).tolist():
            there = names[rng.random(len(names)) < graded(strength, 0.6, 0.85, 0.98)]
            if len(there) == 0:
                continue
            night = strength == 3 and rng.random() < 0.4
            start = (
                day * DAY + int(rng.integers(0, 3 * 60) if night else rng.integers(8 * 60, 15 * 60)) * MINUTE
            )
            pause = np.maximum(interval * (1 + noise * rng.standard_normal(len(there))), 4)
            handles = city.settle(
                rng,
                there,
                clinic,
                start + np.cumsum(pause).astype(np.int64),
                care="outpatient",
                total=amounts(rng, len(there), price, graded(strength, 0.5, 0.2, 0.04)),
                doctor=0,
                counter=0,
                certain=False,
            )
            instance.settled(handles)
