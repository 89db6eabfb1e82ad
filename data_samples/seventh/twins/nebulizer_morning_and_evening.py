"""Children inhale in the morning and in the evening, and each time is a bill of the same sum.

Lawful because eight hours lie between the two, and the course ends after some days.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import between


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """In the weeks of colds."""
    clinic = host(city, rng, "clinic")
    children = people(city, rng, int(between_any(rng, 2, 9)), clinic, age=(1, 13))
    price = int(bills(rng, 1, 30, 75)[0])
    instance = about(city, city.instance("duplicate_charge", lookalike=True), clinic)
    for child in children.tolist():
        first = int(rng.integers(city.period.first_day, city.period.last_day - 7))
        days = np.arange(first, first + int(rng.integers(3, 7)))
        for opens, closes in ((8.0, 10.0), (16.5, 19.0)):
            instance.settled(
                city.settle(
                    rng,
                    child,
                    clinic,
                    between(rng, days, opens, closes),
                    care="outpatient",
                    total=price,
                    item=81,
                    packs=1,
                    lines=1,
                    doctor=0,
                    diagnosis=31,
                    certain=False,
                )
            )
