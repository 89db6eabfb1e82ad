"""A test that tells nothing new for three months is billed every few weeks, at one place or at several.

National model on glycated hemoglobin.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.dice import bills, normal, of, pareto
from data_samples.third.goods import limited
from data_samples.third.pace import about_every, since_reform, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """For a part of its diabetics; others are tested as they should be."""
    place = suspect(city, rng, str(rng.choice(["primary_care", "hospital"])))
    patients = neighbors(city, rng, pareto(rng, of(strength, 4, 7, 12), 1.8, 30), place, age=(40, 95))
    span = stretch(city, rng, normal(rng, 240, 0.3, 150, 400), since_reform(city))
    test = limited(rng, "test")
    instance = city.instance("over_frequency_test", strength=strength).subject("provider", place)
    for number, person in enumerate(patients.tolist()):
        honest = number > 0 and rng.random() < of(strength, 0.5, 0.3, 0.1)
        every = 105 if honest else of(strength, 55, 35, 20)
        days = about_every(rng, span, every, 0.04 if honest else 0.25)
        handles = city.settle(
            rng,
            person,
            place,
            usual(city, rng, days, "other"),
            care="outpatient",
            total=bills(rng, len(days), 70, 0.1),
            item=test,
            lines=1,
            certain=False,
        )
        if not honest:
            instance.settled(handles)
