"""Patients have the sugar test before a new drug and again when its effect can be seen.

Lawful because the interval is kept: more than ninety days lie between two tests.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import several
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Three or four times a year, at the hospital and the health center in turn."""
    sick = people(city, rng, int(between_any(rng, 2, 9)), age=(38, 85))
    places = several(city, rng, 2, "hospital", "primary_care")
    item = limited(rng, "test")
    instance = city.instance("over_frequency_test", lookalike=True).subject("person", sick)
    for person in sick.tolist():
        start = since_reform(city) + int(rng.integers(0, 40))
        days = start + np.cumsum(np.r_[0, rng.integers(91, 112, 6)])
        days = days[days <= city.period.last_day]
        instance.settled(
            city.settle(
                rng,
                person,
                rng.choice(places, len(days)),
                hours(rng, days, "desk"),
                care="outpatient",
                total=bills(rng, len(days), 45, 120),
                item=item,
                packs=1,
                lines=1,
                diagnosis=2,
                certain=False,
            )
        )
