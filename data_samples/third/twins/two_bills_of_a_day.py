"""Two equal bills on a day that are two things: both eyes are treated, or twins share a drug under two names."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, patient
from data_samples.third.dice import bills, geometric, normal
from data_samples.third.pace import between, outings, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two doctors, two illnesses, two encounters; the sums are those of the price list."""
    person = patient(city, rng, age=(50, 95))
    hospital = nearby(city, rng, person, "hospital")
    days = outings(rng, stretch(city, rng, normal(rng, 200, 0.35, 66, 400)), geometric(rng, 2.5, 1, 9))
    at = between(rng, days, 8.5, 14.0)
    total = int(bills(rng, 1, 320, 0.4)[0])
    last = max(int(city.places.doctors[hospital]) - 1, 0)
    common: dict[str, Any] = {"care": "outpatient", "total": total, "lines": 1, "certain": False}
    right = city.settle(rng, person, hospital, at, doctor=0, diagnosis=3, item=21, **common)
    left = city.settle(rng, person, hospital, at + 35 * MINUTE, doctor=last, diagnosis=4, item=22, **common)
    instance = city.instance("duplicate_benefit", lookalike=True).subject("person", person)
    instance.settled(right).settled(left)
