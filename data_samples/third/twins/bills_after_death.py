"""The last bills of somebody who has died come to the agency when the family finds the time: for care given before."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, newcomers
from data_samples.third.dice import bills, geometric
from data_samples.third.goods import given_on
from data_samples.third.pace import between, outings


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Settled by hand after the death, with days of care before it."""
    people = newcomers(city, rng, 1, account=True, age=(60, 98))
    if len(people) == 0:
        return
    person = int(people[0])
    first, last = city.period.first_day, city.period.last_day
    death = int(rng.integers(first + 30, last - 20))
    city.die(person, death)
    place = nearby(city, rng, person, str(rng.choice(["hospital", "primary_care"])))
    served = outings(rng, (max(first, death - 25), death), geometric(rng, 2.5, 1, 8))
    settled = np.minimum(death + 1 + rng.integers(2, 40, len(served)), last)
    at = between(rng, settled, 9.0, 16.5)
    handles = city.settle(
        rng,
        person,
        place,
        at,
        care="outpatient",
        total=bills(rng, len(served), 260, 0.5),
        channel="manual",
        purse="cash",
        **given_on(at, served),
    )
    city.instance("ineligible_settlement", lookalike=True).subject("person", person).settled(handles)
