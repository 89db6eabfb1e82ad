"""A rehabilitation clinic writes one morning's treatment as several bills, by doctor and by device, below the review.

Kind of case: split bills where a sum above a line is looked at by the agency's program, and one below it is not.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import number, portion, wide
from data_samples.fourth.rhythm import after
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, since_reform
from features.money import FEN_PER_YUAN


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Patients were treated once and sign once; small treatments stand on a single bill."""
    clinic = suspect(city, rng, str(rng.choice(["clinic", "primary_care", "hospital"])))
    patients = neighbors(city, rng, number(rng, strength, 3, 22), clinic, age=(28, 92))
    count = number(rng, strength, 5, 90)
    days = business(city, rng, strength, (25, 380), count, since_reform(city))
    line = wide(rng, 120, 650)
    who, start = rng.choice(patients, count), between(rng, days, 8.0, 15.0)
    parts = 1 + np.minimum(rng.geometric(1 - portion(rng, strength, 0.25, 0.7), count), 7)
    row = np.repeat(np.arange(count), parts)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    gap = wide(rng, 2, 60)
    at = start[row] + np.round(60 * gap * nth * np.exp(0.4 * rng.standard_normal(len(row)))).astype(np.int64)
    at = np.where(nth > 0, np.maximum(at, start[row] + 20 * nth), at)
    close = 1 - rng.exponential(wide(rng, 0.03, 0.3), len(row))
    handles = city.settle(
        rng,
        who[row],
        clinic,
        at,
        care="outpatient",
        total=np.maximum(line * FEN_PER_YUAN * close, 1_500).astype(np.int64),
        doctor=nth % int(city.places.doctors[clinic]),
        prescribed=start[row] - 300,
        certain=False,
    )
    instance = city.instance("split_prescription", strength=strength).subject("provider", clinic)
    instance.settled(handles)
    small = after(rng, start, 60, 400)[rng.random(count) < 0.4]
    if len(small):
        others = rng.choice(patients, len(small))
        city.settle(rng, others, clinic, small, care="outpatient", certain=False)
    customers(city, rng, clinic, np.unique(days), wide(rng, 0.7, 4.0))
