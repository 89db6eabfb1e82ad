"""A large household goes to the doctor together, because there is one car and one free day.

Lawful because they live in one household, and each has complaints of the own age.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import renewals, sessions
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import host
from data_samples.third.pace import since_reform, stretch
from data_samples.timing import weekdays


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """On weekends, two to five of them."""
    clinic = host(city, rng, "clinic")
    free = city.steady & ~city.taken
    houses, sizes = np.unique(city.people.household[np.flatnonzero(free)], return_counts=True)
    house = int(rng.choice(houses[sizes >= min(3, int(sizes.max()))]))
    family = np.flatnonzero(free & (city.people.household == house))
    city.taken[family] = True
    days = renewals(
        rng, stretch(city, rng, int(rng.integers(150, 420)), since_reform(city)), between_any(rng, 16, 34)
    )
    days = np.unique(np.maximum(days - weekdays(days) % 7 + 5, city.period.first_day))
    days = days[days <= city.period.last_day]
    who, when = np.tile(np.arange(len(family)), len(days)), np.repeat(days, len(family))
    here = rng.random(len(who)) < 0.75
    here[0] = True
    instance = (
        city.instance("co_visit_group", lookalike=True)
        .subject("group")
        .member("person", family[np.unique(who[here])])
    )
    instance.settled(
        city.settle(
            rng,
            family[who[here]],
            clinic,
            sessions(rng, when[here], (9.0, 10.5), 9.0),
            care="outpatient",
            total=bills(rng, int(here.sum()), 40, 200),
            diagnosis=rng.integers(0, 60, int(here.sum())),
            certain=False,
        )
    )
