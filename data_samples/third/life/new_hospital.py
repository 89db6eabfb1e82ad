"""A hospital opens: for weeks it has patients whom nobody has seen there before, and then it is like the others."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import passers_by, unvisited
from data_samples.third.dice import bills
from data_samples.third.pace import every_day, since_reform, usual


@twin(2)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Half of the district looks at it in the first months."""
    hospital = unvisited(city, rng, "hospital")
    if hospital is None:
        return
    first = int(rng.integers(since_reform(city) + 20, city.period.last_day - 40))
    city.open_provider(hospital, first)
    days = every_day((first, city.period.last_day))
    crowd = min(20.0, city.people.insured / 500)
    when = np.repeat(days, rng.poisson(2 + crowd * np.exp(-(days - first) / 40)))
    guests = rng.choice(passers_by(city, rng, len(when), hospital), len(when))
    at = usual(city, rng, when, "other")
    city.settle(
        rng, guests, hospital, at, care="outpatient", total=bills(rng, len(when), 240, 0.7), certain=False
    )
