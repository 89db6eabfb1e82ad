"""From the doctor to the pharmacy across the street, and back with a question: minutes between two providers."""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import closest, kilometers, nearby, patient
from data_samples.third.dice import bills, geometric, normal
from data_samples.third.pace import between, outings, stretch


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The nearest pharmacy, with the prescription that was written before the sale."""
    person = patient(city, rng, age=(30, 95))
    clinic = nearby(city, rng, person, str(rng.choice(["clinic", "primary_care", "hospital"])))
    shop = int(closest(city, clinic, "pharmacy")[0])
    days = outings(rng, stretch(city, rng, normal(rng, 200, 0.35, 66, 400)), geometric(rng, 4, 2, 14))
    at = between(rng, days, 8.5, 16.5)
    doctor = int(rng.integers(city.places.doctors[clinic]))
    walk = round(MINUTE * (1 + 4 * kilometers(city, clinic, shop)))
    visit = city.settle(
        rng,
        person,
        clinic,
        at,
        care="outpatient",
        total=bills(rng, len(at), 60, 0.5),
        doctor=doctor,
        certain=False,
    )
    bought = city.settle(
        rng,
        person,
        shop,
        at + walk + rng.integers(2, 10, len(at)) * MINUTE,
        total=bills(rng, len(at), 95, 0.5),
        desk=clinic,
        doctor=doctor,
        prescribed=at - 2 * MINUTE,
        certain=False,
    )
    instance = city.instance("impossible_travel", lookalike=True).subject("person", person)
    instance.settled(visit).settled(bought)
