"""Somebody works in another town: the doctor there in the morning, the shop at home in the evening.

Lawful because a train takes an hour, and six hours or more lie between the two.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.pace import between, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """On some working days in the year."""
    person = owner(city, rng, categories=("active",), age=(24, 60))
    shop = nearby(city, rng, person)
    there = farthest(city, rng, shop, "hospital")
    days = np.unique(flow(rng, stretch(city, rng, int(any_of(rng, 90, 400))), int(rng.integers(4, 15))))
    morning, evening = between(rng, days, 8.2, 11.0), between(rng, days, 17.8, 20.5)
    instance = city.instance("impossible_travel", lookalike=True).subject("person", person)
    instance.settled(city.settle(rng, person, there, morning, care="outpatient", certain=False))
    instance.settled(
        city.settle(rng, person, shop, evening, total=amounts(rng, len(days), 30, 120), certain=False)
    )
