"""Patients are seen in the emergency room before they are admitted, and buy drugs on the way home.

Lawful because the first lies on the day of admission and the second on that of discharge.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import in_bed
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, closest, host
from data_samples.third.pace import between


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One stay each."""
    hospital = host(city, rng, "hospital")
    shop = int(closest(city, hospital, "pharmacy")[0])
    patients = in_bed(city, rng, int(between_any(rng, 2, 9)), age=(20, 95))
    instance = about(city, city.instance("inpatient_outpatient_overlap", lookalike=True), hospital)
    for person in patients.tolist():
        nights = int(rng.integers(3, 14))
        day = int(rng.integers(city.period.first_day, city.period.last_day - nights))
        instance.settled(
            city.settle(
                rng,
                person,
                hospital,
                between(rng, day, 1.0, 8.0),
                care="emergency",
                total=bills(rng, 1, 150, 700),
                certain=False,
            )
        )
        instance.settled(stay(city, rng, person, hospital, day, nights, int(bills(rng, 1, 3_500, 9_000)[0])))
        home = between(rng, day + nights, 17.0, 20.5)
        instance.settled(
            city.settle(rng, person, shop, home, total=bills(rng, 1, 60, 260), doctor=-1, certain=False)
        )
