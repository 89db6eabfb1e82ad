"""A hospital invites healthy old people to lie in a bed for some days, and sends them home for the night.

Kind of case: hanging beds with free meals and gifts, the same people admitted again after some weeks.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import in_bed
from data_samples.seventh.diary import campaign
from data_samples.seventh.measure import between_any, bills, how_many
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import suspect


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Cheap days and the same diagnosis; other patients of the hospital cost more and stay longer."""
    hospital = suspect(city, rng, "hospital")
    guests = in_bed(city, rng, how_many(rng, strength, 3, 36), age=(55, 95))
    if len(guests) == 0:
        return
    sick = in_bed(city, rng, 8, age=(30, 90))
    span = campaign(city, rng, strength, 60, 400)
    price = between_any(rng, 190, 420)
    instance = city.instance("hanging_bed_short_stay", strength=strength)
    instance.subject("provider", hospital).member("person", guests)
    for guest in guests.tolist():
        day = int(rng.integers(span[0], max(span[0] + 1, span[1] - 8)))
        for _ in range(1 + rng.binomial(2, 0.15 * strength)):
            nights = int(rng.choice([2, 3, 3, 4, 5]))
            if day + nights >= city.period.last_day:
                break
            total = round(100 * price * (nights + 1) * rng.uniform(0.85, 1.15))
            instance.settled(
                stay(city, rng, guest, hospital, day, nights, total, diagnosis=int(rng.integers(10, 13)))
            )
            day += nights + int(rng.integers(35, 80))
    for person in sick.tolist():
        nights = int(rng.integers(5, 15))
        day = int(rng.integers(city.period.first_day, city.period.last_day - nights))
        stay(city, rng, person, hospital, day, nights, int(bills(rng, 1, 4_500, 12_000)[0]))
