"""Patients are seen as outpatients on the day of admission, and buy their drugs on the day they go home.

Lawful because neither day lies inside the stay.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, closest, host, newcomers
from data_samples.third.goods import prescribed
from data_samples.third.pace import between


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The shop at the gate fills what the ward has prescribed."""
    hospital = host(city, rng, "hospital")
    shop = int(closest(city, hospital, "pharmacy")[0])
    patients = newcomers(city, rng, int(any_of(rng, 3, 16)), age=(18, 95))
    if len(patients) == 0:  # in a small city everybody has been seen
        return
    instance = about(city, city.instance("inpatient_outpatient_overlap", lookalike=True), hospital)
    instance.member("person", patients)
    for person in patients.tolist():
        nights = int(np.clip(round(any_of(rng, 3, 16)), 2, 30))
        admitted = int(rng.integers(city.period.first_day, city.period.last_day - nights))
        stay(city, rng, person, hospital, admitted, nights, int(amounts(rng, 1, 3_500, 8_000)[0]))
        before = between(rng, admitted, 7.5, 10.0)
        instance.settled(city.settle(rng, person, hospital, before, care="outpatient", certain=False))
        home = between(rng, admitted + nights, 16.6, 18.5)
        sums = amounts(rng, 1, 60, 320)
        instance.settled(
            city.settle(
                rng,
                person,
                shop,
                home,
                total=sums,
                certain=False,
                **prescribed(city, rng, hospital, home, minutes=(30, 120)),
            )
        )
