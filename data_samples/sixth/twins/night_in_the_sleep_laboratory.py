"""A laboratory measures sleep: every patient stays one night, two beds are used each night.

Lawful because the examination takes a night, and nobody comes twice.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """In in the evening, out in the morning, at the same price."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, int(any_of(rng, 4, 16)), age=(30, 80))
    if len(patients) == 0:  # in a small city everybody has been seen
        return
    span = stretch(city, rng, int(any_of(rng, 20, 120)))
    price = int(amounts(rng, 1, 1_100, 1_900)[0])
    instance = about(city, city.instance("hanging_bed_short_stay", lookalike=True), hospital)
    instance.member("person", patients)
    for person in patients.tolist():
        night = int(rng.integers(span[0], span[1] + 1))
        instance.settled(stay(city, rng, person, hospital, min(night, city.period.last_day - 1), 1, price))
