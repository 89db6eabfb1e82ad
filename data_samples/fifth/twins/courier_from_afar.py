"""A patient sits in a hospital while a pharmacy at the other end of the city settles a purchase: a courier brings it.

The auditor: the order was placed from the waiting room, the courier's receipt has the hospital's door on it, and the
prescription is of the same morning.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import after
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.pace import between, outings, since_reform, stretch


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Now and then, after a visit; each time on the prescription of the visit."""
    person = owner(city, rng, age=(22, 80))
    hospital = nearby(city, rng, person, "hospital")
    shop = farthest(city, rng, hospital, "pharmacy")
    span = stretch(city, rng, several_of(rng, 30, 360), since_reform(city))
    days = outings(rng, span, several_of(rng, 1, 12))
    seen, doctor = between(rng, days, 8.0, 15.0), int(rng.integers(city.places.doctors[hospital]))
    visit = city.settle(
        rng, person, hospital, seen, care="outpatient", doctor=doctor, prescribed=seen - 600, certain=False
    )
    ordered = city.settle(
        rng,
        person,
        shop,
        after(rng, seen, 3, 50),
        total=sums(rng, len(seen), 50, 240, 1_500),
        desk=hospital,
        doctor=doctor,
        prescribed=seen - 600,
        credential=0,
        certain=False,
    )
    instance = city.instance("impossible_travel", lookalike=True).subject("person", person)
    instance.settled(visit).settled(ordered)
