"""Patients with cancer are admitted to the same hospital again and again, for one to four nights.

Lawful because three weeks lie between two cycles of the treatment.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Three to eight cycles for each patient."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, int(any_of(rng, 2, 9)), age=(30, 88))
    if len(patients) == 0:  # in a small city everybody has been seen
        return
    instance = about(city, city.instance("split_admission", lookalike=True), hospital).member(
        "person", patients
    )
    first, last = city.period.first_day, city.period.last_day
    for person in patients.tolist():
        admitted = int(rng.integers(first, max(first + 1, last - 150)))
        for _ in range(int(rng.integers(3, 9))):
            nights = int(rng.integers(1, 5))
            if admitted + nights > last:
                break
            fen = int(amounts(rng, 1, 3_500, 8_000)[0])
            instance.settled(stay(city, rng, person, hospital, admitted, nights, fen, diagnosis=11))
            admitted += int(rng.integers(20, 24))
