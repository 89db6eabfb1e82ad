"""Patients have the same test billed twice on a morning: before a glass of sugar, and two hours after it.

The auditor: the test consists of both, the samples have two times, and the price list counts them apart.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, since_reform


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Each patient on one day; many others have it once."""
    place = host(city, rng, str(rng.choice(["hospital", "primary_care"])))
    days = business(city, rng, int(rng.integers(1, 4)), (30, 380), several_of(rng, 8, 80), since_reform(city))
    people = rng.permutation(passers_by(city, rng, len(days), place))
    days = days[: len(people)]
    at = between(rng, days, 7.6, 9.5)
    bill = sums(rng, 1, 18, 60)
    item, doctors = int(rng.integers(1, 280)), rng.integers(0, city.places.doctors[place], len(people))
    instance = about(city, city.instance("duplicate_charge", lookalike=True), place)
    for later in (0, 2 * 3_600):
        handles = city.settle(
            rng,
            people,
            place,
            at + later + (rng.integers(-300, 900, len(at)) if later else 0),
            care="outpatient",
            total=bill,
            item=item,
            lines=1,
            packs=1,
            doctor=doctors,
            prescribed=at - 900,
            certain=False,
        )
        instance.settled(handles)
