"""A well-known doctor sees patients at a small clinic after retiring; old patients follow from everywhere."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import host, passers_by
from data_samples.third.pace import between, since_reform, stretch


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two or three mornings a week, as many patients as one doctor can see."""
    clinic, known = host(city, rng, "clinic"), host(city, rng, "hospital")
    span = stretch(city, rng, several_of(rng, 60, 400), since_reform(city))
    mornings = habit(rng, span, float(rng.uniform(2.2, 4.5)))
    days = np.repeat(mornings, 1 + rng.poisson(2, len(mornings)))
    people = passers_by(city, rng, len(days), known)
    at = between(rng, days, 8.0, 12.0)
    total = sums(rng, len(at), 60, 200)
    city.settle(
        rng, rng.choice(people, len(at)), clinic, at, care="outpatient", total=total, doctor=0, certain=False
    )
