"""Chemotherapy comes in cycles: the same patient, hospital and illness, admitted anew every two or three weeks."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers
from data_samples.third.dice import bills, normal
from data_samples.third.pace import stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Short stays at even distances with like sums; a special programme covers the tests between them."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, 6, age=(35, 85))
    instance = about(city, city.instance("split_admission", lookalike=True), hospital)
    for person in patients.tolist():
        every, cycles = int(rng.choice([10, 14, 21])), normal(rng, 6, 0.3, 3, 10)
        first, last = stretch(city, rng, every * cycles)
        price, diagnosis = bills(rng, 1, 6_400, 0.3)[0], int(rng.integers(0, 60))
        for day in range(first, last - 4, every):
            total = int(price * np.exp(0.05 * rng.standard_normal()))
            handles = stay(
                city, rng, person, hospital, day, int(rng.integers(2, 4)), total, diagnosis=diagnosis
            )
            instance.settled(handles)
