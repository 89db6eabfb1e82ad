"""A laboratory company tests the same old people in turn at the health centers it serves, every few weeks.

Kind of case: tests that tell nothing new for three months, repeated where the last result is not looked up.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import habit, phase
from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import chance
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform, usual


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some are tested as often as is right; a tour skips whoever is at the grandchildren's."""
    centers = np.unique(
        [
            suspect(city, rng, str(rng.choice(["primary_care", "clinic"])))
            for _ in range(int(rng.integers(1, 4)))
        ]
    )
    patients = neighbors(city, rng, number(rng, strength, 4, 34), int(centers[0]), age=(50, 96))
    span = phase(city, rng, strength, 110, 420, since_reform(city))
    gap, often = wide(rng, 9, 60), portion(rng, strength, 0.4, 0.97)
    test, price = limited(rng, "test"), sums(rng, 1, 45, 140)
    tested: list[Ints] = []
    visited: set[int] = set()
    for person in patients.tolist():
        tested_too_often = not tested or chance(rng, often)
        days = habit(rng, span, gap if tested_too_often else 118)
        where = rng.choice(centers, len(days))
        handles = city.settle(
            rng,
            person,
            where,
            usual(city, rng, days, "other"),
            care="outpatient",
            total=price,
            item=test,
            lines=1,
            packs=1,
            certain=False,
        )
        if tested_too_often and len(days) > 1:
            visited |= set(where.tolist())
            tested.append(handles)
    if tested:
        instance = city.instance("over_frequency_test", strength=strength)
        instance.subject("provider", sorted(visited)).settled(np.concatenate(tested))
    for center in centers.tolist():
        customers(city, rng, center, np.arange(span[0], span[1] + 1, 6), wide(rng, 0.6, 3.0))
