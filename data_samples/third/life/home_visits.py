"""A health center visits the bedridden: their drugs are settled in the evening, one after the other, at the desk."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import neighbors
from data_samples.third.dice import bills
from data_samples.third.pace import about_every, between, queue


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Registered as nursing; every three weeks the same round."""
    center = int(city.pick_providers(rng, "primary_care")[0])
    old = neighbors(city, rng, 7, center, age=(78, 98))
    for person in old.tolist():
        city.register("nursing_home", person=person)
    price = bills(rng, len(old), 120, 0.4)
    for day in about_every(rng, (city.period.first_day, city.period.last_day), 21, 0.05).tolist():
        at = queue(rng, int(between(rng, day, 16.5, 17.0)[0]), len(old), 2.5, 0.5)
        city.settle(rng, old, center, at, care="outpatient", total=price, doctor=0, certain=False)
