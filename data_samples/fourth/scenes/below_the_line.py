"""A center splits what a patient gets on a day into several bills, each below the sum from which bills are reviewed.

Kind of case: split prescriptions under a limit per visit, spread over members of a household where there are such.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import after, bursts, on_workdays, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, since_reform


@scene(6)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Minutes or hours lie between the parts, some fall on the next day; bills that are small stay whole."""
    center = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    patients = neighbors(city, rng, number(rng, strength, 4, 30), center, age=(30, 95))
    span = phase(city, rng, strength, 60, 360, since_reform(city))
    line = wide(rng, 80, 320) * 100
    doctor = int(rng.integers(city.places.doctors[center]))
    days = np.maximum(on_workdays(bursts(rng, span, number(rng, strength, 8, 90))), span[0])
    instance = city.instance("split_prescription", strength=strength)
    instance.subject("provider", center).member("person", patients)
    for person, start in zip(
        rng.choice(patients, len(days)).tolist(), between(rng, days, 8, 15).tolist(), strict=True
    ):
        parts = 1 + int(rng.geometric(0.55))
        at = np.array([start] * parts)
        at[1:] = np.cumsum(after(rng, np.zeros(parts - 1, dtype=np.int64), 1, 90)) + start
        at[1:] += np.where(rng.random(parts - 1) < 1 - portion(rng, strength, 0.6, 0.95), 86_400, 0)
        at = np.minimum(np.sort(at), (city.period.last_day + 1) * 86_400 - 3_600)
        total = line * (1 - rng.beta(1.3, 1.3 + 9 * portion(rng, strength, 0.2, 0.9), parts))
        handles = city.settle(
            rng,
            person,
            center,
            at,
            care="outpatient",
            total=np.maximum(total, 1_500).astype(np.int64),
            doctor=doctor,
            in_scope=True,
            certain=False,
        )
        instance.settled(handles)
    true = np.unique(days)
    customers(city, rng, center, true, 2.5)
    whole = sums(rng, len(true), 40, 140)
    at = between(rng, true, 8, 16)
    city.settle(
        rng, rng.choice(patients, len(true)), center, at, care="outpatient", total=whole, certain=False
    )
