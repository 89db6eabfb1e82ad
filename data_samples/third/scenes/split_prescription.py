"""A prescription is cut into bills that stay below a limit."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.dice import geometric, normal, of, pareto
from data_samples.third.goods import mixed
from data_samples.third.pace import between, outings, queue, since_reform, stretch

_LIMITS = (10_000, 15_000, 20_000, 30_000)
"""Fen; what clinics believe is looked at."""


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Three and more bills within a quarter of an hour or spread over a day, by one doctor, for some patients."""
    clinic = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    limit = int(rng.choice(_LIMITS))
    span = stretch(city, rng, normal(rng, of(strength, 70, 120, 200), 0.3, 30, 360), since_reform(city))
    days = outings(rng, span, pareto(rng, of(strength, 5, 10, 20), 1.8, 70))
    doctor = int(rng.integers(city.places.doctors[clinic]))
    instance = city.instance("split_prescription", strength=strength).subject("provider", clinic)
    guests = passers_by(city, rng, max(3, len(days) // 2), clinic)
    for day in days.tolist():
        parts = geometric(rng, of(strength, 2.6, 3.3, 4.2), of(strength, 2, 3, 3), 9)
        below = 1 - rng.beta(1.2, of(strength, 5, 9, 16), parts)
        at = queue(rng, int(between(rng, day, 8.5, 14.0)[0]), parts, of(strength, 40.0, 12.0, 4.0), 0.9)
        handles = city.settle(
            rng,
            int(rng.choice(guests)),
            clinic,
            at,
            care="outpatient",
            total=np.maximum((limit * below).astype(np.int64), 2_000),
            item=mixed(rng, parts, np.array([0]), 0.0),
            doctor=doctor,
            prescribed=at - rng.integers(60, 1_200, parts),
            in_scope=True,
        )
        instance.settled(handles)
