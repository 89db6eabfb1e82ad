"""Chronic patients get two or three months of tablets before a holiday, and come again when they are used up.

Lawful because the long prescription is registered, and nothing is bought until it ends.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import between_any, price_list
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Between them the month's supply as always."""
    center = host(city, rng, "primary_care")
    sick = people(city, rng, int(between_any(rng, 2, 8)), center, age=(45, 90))
    instance = about(city, city.instance("oversupply", lookalike=True), center).member("person", sick)
    for person in sick.tolist():
        city.register("long_prescription", person=person, provider=center)
        day, item, price = (
            since_reform(city) + int(rng.integers(0, 25)),
            int(drugs(rng, 1)[0]),
            price_list(rng, 25, 70)[0],
        )
        days, months = [], []
        while day <= city.period.last_day:
            count = int(rng.choice([1, 1, 1, 2, 3]))
            days.append(day)
            months.append(count)
            day += 30 * count + int(rng.integers(0, 4))
        packs = 2 * np.array(months)
        instance.settled(
            city.settle(
                rng,
                person,
                center,
                hours(rng, np.array(days), "desk"),
                care="outpatient",
                total=packs * price,
                item=item,
                packs=packs,
                supply=15 * packs,
                lines=1,
                diagnosis=1,
                certain=False,
            )
        )
