"""A suspended clinic settles bills in the weeks of its suspension: for care that was given before.

The auditor: the day of care is what the agreement looks at, all of it lies before the notice, and the agency had asked
for the outstanding bills itself.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, passers_by, unvisited
from data_samples.third.dice import chance
from data_samples.third.goods import given_on
from data_samples.third.pace import between, since_reform, stretch

FIRST = True


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Different patients, one bill each, entered in the first days."""
    clinic = unvisited(city, rng, "clinic")
    if clinic is None:
        return
    span = stretch(city, rng, several_of(rng, 20, 120), since_reform(city) + 20)
    city.suspend_provider(clinic, span[0], span[1], ends=chance(rng, 0.2))
    people = rng.permutation(passers_by(city, rng, several_of(rng, 4, 36), clinic))
    served = np.maximum(span[0] - 1 - rng.integers(0, 18, len(people)), since_reform(city))
    days = np.minimum(span[0] + rng.integers(0, 16, len(people)), span[1])
    at = between(rng, days, 9.0, 16.5)
    handles = city.settle(
        rng,
        people,
        clinic,
        at,
        care="outpatient",
        total=sums(rng, len(people), 80, 300, 2_000),
        channel="manual",
        certain=False,
        **given_on(at, served),
    )
    about(city, city.instance("ineligible_settlement", lookalike=True), clinic).settled(handles)
