"""A chain's anniversary: all its branches are busy on one weekend."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import passers_by
from data_samples.third.dice import bills
from data_samples.third.pace import every_day, stretch, usual


@twin(4)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Branches are those that share an owner; customers come to the nearest one."""
    shops = np.flatnonzero((city.places.kind == 0) & ~city.provider_taken)
    owners, count = np.unique(city.places.owner[shops], return_counts=True)
    if not (count > 1).any():
        return
    branches = shops[city.places.owner[shops] == rng.choice(owners[count > 1])]
    days = every_day(stretch(city, rng, 3))
    for branch in branches.tolist():
        guests = passers_by(city, rng, min(40, max(5, city.people.insured // 300)), branch)
        when = rng.choice(days, len(guests))
        total = bills(rng, len(guests), 55, 0.5)
        city.settle(rng, guests, branch, usual(city, rng, when), total=total, certain=False)
