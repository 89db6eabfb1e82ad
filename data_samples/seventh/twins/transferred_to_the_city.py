"""The county hospital sends heavy cases to a larger one after a night or two.

Lawful because the second stay is elsewhere, begins on the day of the transfer, and costs far more.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import in_bed
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Some come back for the last days."""
    small, large = (int(place) for place in city.pick_providers(rng, "hospital", 2))
    patients = in_bed(city, rng, int(between_any(rng, 2, 8)), age=(30, 92))
    instance = about(city, city.instance("split_admission", lookalike=True), small)
    for person in patients.tolist():
        first = int(rng.integers(1, 3))
        second_stay, third = int(rng.integers(6, 18)), int(rng.integers(4, 8))
        day = int(rng.integers(city.period.first_day, city.period.last_day - first - second_stay - third - 1))
        diagnosis = int(rng.integers(60))
        pieces = [(small, first, 900, 1_900), (large, second_stay, 8_000, 26_000)]
        pieces += [(small, third, 1_500, 3_000)] if rng.random() < 0.3 else []
        for place, nights, low, high in pieces:
            total = int(bills(rng, 1, low, high)[0])
            instance.settled(stay(city, rng, person, place, day, nights, total, diagnosis=diagnosis))
            day += nights
