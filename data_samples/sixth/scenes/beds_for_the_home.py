"""A nursing home sends its residents to one hospital in turns; out on one day, in again on another of the same week.

Kind of case: half of a hospital's admissions came from two homes, which were paid by the head.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import season
from data_samples.sixth.sizes import amounts, whole
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import newcomers, suspect


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Stays end before a limit of days and are followed by another for the same diagnosis."""
    hospital = suspect(city, rng, "hospital")
    residents = newcomers(city, rng, whole(rng, strength, 2, 30), age=(62, 101))
    if len(residents) == 0:  # in a small city everybody has been seen
        return
    limit, most = int(rng.integers(8, 15)), whole(rng, strength, 2, 9)
    instance = city.instance("split_admission", strength=strength).subject("provider", hospital)
    for resident in residents.tolist():
        admitted = season(city, rng, strength, 40, 300)[0]
        for _ in range(max(2, int(rng.integers(2, most + 1)))):
            nights = max(4, limit - int(rng.geometric(0.4)))
            if admitted + nights > city.period.last_day:
                break
            fen = int(amounts(rng, 1, 2_600, 6_500)[0])
            instance.settled(
                stay(city, rng, resident, hospital, admitted, nights, fen, diagnosis=resident % 9)
            )
            admitted += nights + int(rng.choice([0, 1, 1, 2, 3, 5, 9]))
