"""A treatment of the visit is billed a second time, minutes later, as if it had been given twice."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.dice import bills, normal, of, pareto
from data_samples.third.goods import mixed
from data_samples.third.pace import outings, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """For some patients on some days; the copy has the same item, sum and doctor."""
    place = suspect(city, rng, str(rng.choice(["primary_care", "hospital"])))
    span = stretch(city, rng, normal(rng, of(strength, 80, 140, 220), 0.3, 40, 360))
    days = outings(rng, span, pareto(rng, of(strength, 6, 14, 28), 1.8, 90))
    guests = passers_by(city, rng, len(days), place)
    count = min(len(days), len(guests))
    at = usual(city, rng, days[:count], "other")
    doctor = (rng.random(count) * city.places.doctors[place]).astype(np.int64)
    same: dict[str, Any] = {
        "care": "outpatient",
        "total": bills(rng, count, 130, 0.5),
        "item": mixed(rng, count, np.array([0]), 0.0),
        "packs": rng.choice([1, 2], count),
        "lines": 1,
        "doctor": doctor,
        "diagnosis": rng.integers(0, 60, count),
    }
    honest = city.settle(rng, guests[:count], place, at, **same)
    wait = np.exp(rng.uniform(np.log(2), np.log(of(strength, 200, 90, 30)), count)) * MINUTE
    copies = city.settle(rng, guests[:count], place, at + wait.astype(np.int64), **same)
    instance = city.instance("duplicate_charge", strength=strength).subject("provider", place)
    instance.settled(honest).settled(copies)
