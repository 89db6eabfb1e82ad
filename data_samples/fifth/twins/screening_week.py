"""A hospital has four times as many patients as usual in a week: it screens a district for a disease of the liver.

The auditor: the health bureau's notice names week and place, doctors of three departments were moved to the hall, and
the tests have results.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, every_day, since_reform, stretch


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """All doctors and all counters have a part in it; each person comes once."""
    hospital = host(city, rng, "hospital")
    span = stretch(city, rng, several_of(rng, 3, 12), since_reform(city))
    people = rng.permutation(passers_by(city, rng, several_of(rng, 60, 420), hospital))
    days = np.sort(rng.choice(every_day(span), len(people)))
    price, item = sums(rng, 1, 50, 160), int(rng.integers(1, 280))
    handles = city.settle(
        rng,
        people,
        hospital,
        between(rng, days, 7.8, 17.5),
        care="outpatient",
        total=np.where(rng.random(len(people)) < 0.8, price, (price * wide(rng, 1.3, 3.0)).astype(np.int64)),
        item=item,
        doctor=rng.integers(0, city.places.doctors[hospital], len(people)),
        counter=rng.integers(0, city.places.counters[hospital], len(people)),
        certain=False,
    )
    about(city, city.instance("capacity_anomaly", lookalike=True), hospital).settled(handles)
    city.register("event", provider=hospital, first_day=span[0], last_day=span[1])
