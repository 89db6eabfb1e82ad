"""A new road opens: for some months people of one district go to a hospital of another, who never went there before."""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import host, passers_by
from data_samples.third.pace import usual


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """As many as the size of the city lets one expect."""
    there, from_here = host(city, rng, "hospital"), host(city, rng, "clinic")
    days = business(city, rng, int(rng.integers(1, 4)), (40, 300), max(8, city.people.insured // 150))
    people = passers_by(city, rng, len(days), from_here)
    at = usual(city, rng, days, "other")
    city.settle(rng, rng.choice(people, len(at)), there, at, care="outpatient", certain=False)
