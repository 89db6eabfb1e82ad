"""A clinic bills under the name of a hospital doctor who rents out his name and has never worked there.

Kind of case: unlicensed staff treat, or nobody does; the doctor sits in the hospital at the same hours.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.rhythm import bursts, on_workdays, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, neighbors, passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, since_reform


@scene(6)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The clinic's neighbors come, or their cards do; on the same mornings the doctor has patients in the hospital."""
    clinic = suspect(city, rng, "clinic")
    hospital = farthest(city, rng, clinic, "hospital")
    doctor = int(rng.integers(city.places.doctors[hospital]))
    patients = neighbors(city, rng, number(rng, strength, 7, 50), clinic)
    span = phase(city, rng, strength, 60, 360, since_reform(city))
    days = bursts(rng, span, number(rng, strength, 22, 220))
    at = between(rng, days, 8.0, 18.5)
    handles = city.settle(
        rng,
        rng.choice(patients, len(at)),
        clinic,
        at,
        care="outpatient",
        total=sums(rng, len(at), 80, 330, 1_500),
        desk=hospital,
        doctor=doctor,
        certain=False,
    )
    instance = city.instance("fictitious_purchase", strength=strength).subject("provider", clinic)
    instance.member("person", patients).settled(handles)
    office = np.maximum(on_workdays(days[rng.random(len(days)) < portion(rng, strength, 0.4, 0.9)]), span[0])
    if len(office):
        seen = rng.choice(passers_by(city, rng, 3 * len(office), hospital), len(office))
        morning = between(rng, office, 8.0, 12.0)
        city.settle(rng, seen, hospital, morning, care="outpatient", doctor=doctor, certain=False)
    customers(city, rng, clinic, np.unique(days), 2.0)
