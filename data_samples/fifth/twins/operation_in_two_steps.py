"""A patient is discharged after a first operation and admitted again a week or two later for the second.

The auditor: the plan was written at the first admission, both operations have their protocol, and the wound needed the
time between them.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers
from data_samples.third.pace import stretch


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Several patients of a department; the second stay is for another side or another organ."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, several_of(rng, 3, 14), age=(30, 90))
    if len(patients) == 0:
        return
    instance = about(city, city.instance("split_admission", lookalike=True), hospital)
    for person in patients.tolist():
        first, between_them, second = (several_of(rng, *most) for most in ((2, 9), (5, 20), (2, 12)))
        day = stretch(city, rng, first + between_them + second + 1)[0]
        total = sums(rng, 2, 4_000, 16_000, 60_000)
        diagnosis = rng.integers(0, 60, 2)
        instance.settled(
            stay(city, rng, person, hospital, day, first, int(total[0]), diagnosis=int(diagnosis[0]))
        )
        day += first + between_them
        if day + second <= city.period.last_day:
            instance.settled(
                stay(city, rng, person, hospital, day, second, int(total[1]), diagnosis=int(diagnosis[1]))
            )
