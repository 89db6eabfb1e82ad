"""Looks like D26: the account pays for a parent who is insured in another area, so has no enrolment in the data.

The authorization is valid; whether the parent is enrolled there is for the other area to say.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.policy import lawful_from
from data_samples.twins.payment import ordinary_times, purchases, record
from data_samples.twins.share import share

_SHARE = 15
_PARENT = 1


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one payer and one parent; there are as many as the city has such families, at most."""
    people, kin = city.people, city.people.kin
    fitting = city.steady[kin[:, 0]] & ~city.taken[kin[:, 0]] & people.has_account(kin[:, 0])
    fitting &= ~people.insured_here(kin[:, 1]) & (kin[:, 2] == _PARENT)
    for payer, parent, _ in rng.permutation(kin[fitting])[: share(instances, _SHARE)].tolist():
        city.taken[[payer, parent]] = True
        first = int(rng.integers(lawful_from(city), city.period.last_day - 70))
        city.authorize(payer, parent, "parent", first * DAY + second(9))
        often = city.ranges("relative_elsewhere").count(rng, "payments")
        at = ordinary_times(city, rng, often, first + 1, first + 69)
        record(city, payer, parent, purchases(city, rng, payer, parent, at))
