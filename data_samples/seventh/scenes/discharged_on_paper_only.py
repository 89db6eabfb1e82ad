"""A hospital discharges long patients on paper every second week, and admits them again the next day.

Kind of case: one stay settled as several, with the patient in the same bed all along.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import in_bed
from data_samples.seventh.measure import between_any, how_many
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import suspect


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Pieces of a week or two with a day or some between them, under the same diagnosis."""
    hospital = suspect(city, rng, "hospital")
    patients = in_bed(city, rng, how_many(rng, strength, 2, 22), age=(50, 98))
    if len(patients) == 0:
        return
    instance = city.instance("split_admission", strength=strength)
    instance.subject("provider", hospital).member("person", patients)
    for person in patients.tolist():
        pieces = 1 + how_many(rng, strength, 1, 5)
        nights = rng.integers(7, 15, pieces)
        pauses = np.minimum(rng.geometric(0.55, pieces), 5)
        room = int((nights + pauses).sum())
        day = int(
            rng.integers(city.period.first_day, max(city.period.first_day + 1, city.period.last_day - room))
        )
        diagnosis = int(rng.integers(60))
        for length, pause in zip(nights.tolist(), pauses.tolist(), strict=True):
            if day + length >= city.period.last_day:
                break
            total = round(100 * length * between_any(rng, 320, 620))
            instance.settled(stay(city, rng, person, hospital, day, length, total, diagnosis=diagnosis))
            day += length + pause
