"""An eye department operates cataracts with one night in the hospital, and the other eye weeks later.

Lawful because each eye is done once, on fixed days of the week, at one price.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import in_bed
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host
from data_samples.timing import weekdays


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Old people, two stays at most."""
    hospital = host(city, rng, "hospital")
    old = in_bed(city, rng, int(between_any(rng, 3, 12)), age=(62, 95))
    price = int(bills(rng, 1, 3_600, 6_000)[0])
    instance = about(city, city.instance("hanging_bed_short_stay", lookalike=True), hospital)
    for person in old.tolist():
        day = int(rng.integers(city.period.first_day, city.period.last_day - 60))
        for eye in range(1 + int(rng.random() < 0.6)):
            admitted = day + eye * int(rng.integers(21, 50))
            admitted -= int(weekdays(np.array([admitted]))[0]) % 3
            admitted = max(admitted, city.period.first_day)
            instance.settled(stay(city, rng, person, hospital, admitted, 1, price, diagnosis=44))
