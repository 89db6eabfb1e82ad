"""A patient moves to the other end of the city, and has the same drug prescribed there from then on.

Lawful because the supply of the old place was used up before the first of the new.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk
from data_samples.sixth.sizes import amounts
from data_samples.third.acts import twin
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same month of supply all the time."""
    person = owner(city, rng, age=(35, 88))
    before = nearby(city, rng, person, "primary_care")
    after = farthest(city, rng, before, "primary_care")
    first, last = since_reform(city), city.period.last_day
    days = first + int(rng.integers(0, 20)) + np.cumsum(np.r_[0, rng.integers(30, 34, 60)])
    days = days[days <= last]
    moved = int(rng.integers(1, max(2, len(days))))
    instance = city.instance("cross_provider_same_drug", lookalike=True).subject("person", person)
    instance.settled(
        city.settle(
            rng,
            person,
            np.where(np.arange(len(days)) < moved, before, after),
            at_desk(rng, days, 0.05),
            care="outpatient",
            total=amounts(rng, len(days), 90, 240, 900),
            item=int(drugs(rng, 1)[0]),
            packs=2,
            lines=1,
            supply=30,
            certain=False,
        )
    )
