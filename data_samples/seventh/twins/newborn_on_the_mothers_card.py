"""A newborn has no card for some weeks, and is treated under the mother's, as the rule allows.

Lawful because a confinement in a hospital comes before it, and it ends with the first month.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import in_bed
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import host, nearby
from data_samples.third.goods import limited


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Fever, jaundice and skin, at the health center and the hospital of the birth."""
    mothers = in_bed(city, rng, 12, age=(22, 40))
    mothers = mothers[~city.people.male[mothers]][:4]
    if len(mothers) == 0:
        return
    hospital = host(city, rng, "hospital")
    instance = city.instance("age_incompatible_item", lookalike=True).subject("person", mothers)
    for mother in mothers.tolist():
        born = int(rng.integers(city.period.first_day + 5, city.period.last_day - 40))
        stay(
            city,
            rng,
            mother,
            hospital,
            born,
            int(rng.integers(3, 6)),
            int(bills(rng, 1, 3_500, 7_500)[0]),
            diagnosis=7,
        )
        days = np.unique(born + rng.integers(8, 28, int(rng.integers(1, 4))))
        places = np.array([hospital, nearby(city, rng, mother, "primary_care")])
        instance.settled(
            city.settle(
                rng,
                mother,
                rng.choice(places, len(days)),
                hours(rng, days, "desk"),
                care="outpatient",
                total=bills(rng, len(days), 50, 180),
                item=limited(rng, "child"),
                packs=1,
                certain=False,
            )
        )
