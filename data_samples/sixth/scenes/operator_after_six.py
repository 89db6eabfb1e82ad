"""An operator enters reimbursements of friends by hand when the office is closed.

Kind of case: staff of an agency who pay out invented claims to accounts of relatives and friends.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import by_hand
from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow, season
from data_samples.sixth.sizes import amounts, whole
from data_samples.third.acts import scene
from data_samples.third.cast import owners, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, every_day, since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """High sums, one operator, evenings; care of some days before that no other record knows."""
    place = suspect(city, rng, "hospital")
    friends = owners(city, rng, whole(rng, strength, 1, 9))
    first = since_reform(city) + 10
    days = flow(rng, season(city, rng, strength, 20, 330, first), whole(rng, strength, 4, 60))
    at = between(rng, days, 18.2, 22.8)
    instance = city.instance("insider_operation", strength=strength)
    who = rng.choice(friends, len(days))
    instance.subject("provider", place).member("person", np.unique(who))
    instance.settled(
        city.settle(
            rng,
            who,
            place,
            at,
            care="outpatient",
            total=amounts(rng, len(days), 700, 4_200),
            counter=1,
            **by_hand(rng, at, (1, 25), city.period.first_day),
            certain=False,
        )
    )
    customers(city, rng, place, every_day((first, city.period.last_day))[::4], 4.0)
