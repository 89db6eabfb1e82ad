"""A patient has the same complaint billed by two hospitals in a week, once online and once by hand.

The auditor: two doctors, two reports, two sets of films; the second hospital's reader was broken, and nothing of the
first bill stands in the second.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import owner, several
from data_samples.third.goods import given_on
from data_samples.third.pace import between, since_reform, stretch


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Different days and sums; the second bill is entered days or weeks after the care."""
    person = owner(city, rng, age=(25, 85))
    hospitals = several(city, rng, 2, "hospital")
    late = several_of(rng, 2, 40)
    span = stretch(city, rng, 10 + late, since_reform(city))
    first, later = span[0], span[0] + int(rng.integers(1, 8))
    diagnosis, total = int(rng.integers(60)), sums(rng, 2, 250, 1_500, 8_000)
    seen = between(rng, first, 8.0, 15.0)
    online = city.settle(
        rng,
        person,
        int(hospitals[0]),
        seen,
        care="outpatient",
        total=total[:1],
        diagnosis=diagnosis,
        prescribed=seen - 900,
        certain=False,
    )
    at = between(rng, min(later + late, city.period.last_day), 9.0, 16.0)
    by_hand = city.settle(
        rng,
        person,
        int(hospitals[-1]),
        at,
        care="outpatient",
        total=total[1:],
        diagnosis=diagnosis,
        channel="manual",
        certain=False,
        **given_on(at, np.full(1, later)),
    )
    instance = city.instance("duplicate_benefit", lookalike=True).subject("person", person)
    instance.settled(online).settled(by_hand)
