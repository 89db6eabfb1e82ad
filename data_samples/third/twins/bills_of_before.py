"""Benefits are suspended; bills that come in those weeks are for care of the weeks before, when they were not."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, newcomers
from data_samples.third.dice import bills, normal
from data_samples.third.goods import given_on
from data_samples.third.pace import between, since_reform, stretch


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The day of care lies before the suspension; only the settlement lies within it."""
    people = newcomers(city, rng, 1, categories=["active", "flexible"], age=(22, 60))
    if len(people) == 0:
        return
    person = int(people[0])
    first, last = stretch(city, rng, normal(rng, 40, 0.35, 15, 100), since_reform(city) + 30)
    city.pause_cover(person, first, last)
    place = nearby(city, rng, person, str(rng.choice(["primary_care", "hospital"])))
    served = np.sort(first - 1 - rng.choice(20, int(rng.integers(1, 5)), replace=False))
    settled = np.minimum(first + rng.integers(1, 12, len(served)), last)
    at = between(rng, settled, 9.0, 16.5)
    handles = city.settle(
        rng,
        person,
        place,
        at,
        care="outpatient",
        total=bills(rng, len(served), 240, 0.5),
        channel="manual",
        purse="cash",
        **given_on(at, served.astype(np.int64)),
    )
    city.instance("ineligible_settlement", lookalike=True).subject("person", person).settled(handles)
