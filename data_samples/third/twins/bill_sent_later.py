"""Two places at once, on paper: the care of one of them was given days before, and its bill was only settled today."""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.dice import bills, geometric
from data_samples.third.goods import given_on
from data_samples.third.pace import between, outings, since_reform


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The hospital across the city had no connection that day, and sends the bill by hand."""
    person = owner(city, rng)
    home = nearby(city, rng, person)
    hospital = farthest(city, rng, home, "hospital")
    days = outings(rng, (since_reform(city) + 40, city.period.last_day), geometric(rng, 2.0, 1, 8))
    at = between(rng, days, 9.5, 16.5)
    here = city.settle(rng, person, home, at, total=bills(rng, len(at), 80, 0.6))
    lag = rng.integers(2, 25, len(at))
    received = at + rng.integers(4, 25, len(at)) * MINUTE
    there = city.settle(
        rng,
        person,
        hospital,
        received,
        care="outpatient",
        total=bills(rng, len(at), 210, 0.5),
        channel="manual",
        **given_on(received, days - lag),
    )
    instance = city.instance("impossible_travel", lookalike=True).subject("person", person)
    instance.settled(here).settled(there)
