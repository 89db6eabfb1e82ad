"""A clinic's owner bills for relatives and a nurse's household what nobody received, under the family doctor's name.

Kind of case: staff and their relatives as the best customers of their own institution.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.cover import customers
from data_samples.third.pace import since_reform, usual


@scene(6)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """One to three households; not every member as often, and the true patients of the clinic around them."""
    clinic = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    homes = [city.pick_household(rng, 2) for _ in range(int(rng.integers(1, 4)))]
    members = np.concatenate(homes)
    doctor = int(rng.integers(city.places.doctors[clinic]))
    other = int(rng.integers(city.places.doctors[clinic]))
    span = phase(city, rng, strength, 80, 420, since_reform(city))
    at = usual(city, rng, bursts(rng, span, number(rng, strength, 16, 170)), "other")
    handles = city.settle(
        rng,
        uneven(rng, members, len(at)),
        clinic,
        at,
        care="outpatient",
        total=sums(rng, len(at), 90, 380, 2_000),
        doctor=np.where(rng.random(len(at)) < portion(rng, strength, 0.5, 0.97), doctor, other),
        certain=False,
    )
    instance = city.instance("staff_self_dealing", strength=strength).subject("provider", clinic)
    instance.member("person", members).settled(handles)
    customers(city, rng, clinic, np.unique(at // 86_400), 2.0)
