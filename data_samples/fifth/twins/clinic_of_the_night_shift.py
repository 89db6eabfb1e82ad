"""A clinic beside a factory works late: shifts end at ten, and those who cut themselves come when they cut themselves.

The auditor: the hours are on the door and in the agreement, patients work in the factory, and each has a record.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import grown
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, every_day, since_reform, stretch


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Some every evening; each of them once or a few times, with sums as anywhere."""
    clinic = host(city, rng, "clinic")
    span = stretch(city, rng, several_of(rng, 60, 420), since_reform(city))
    days = grown(rng, every_day(span), several_of(rng, 40, 260))
    people = passers_by(city, rng, max(6, round(len(days) / wide(rng, 1.2, 3.0))), clinic)
    handles = city.settle(
        rng,
        rng.choice(people, len(days)),
        clinic,
        between(rng, days, float(rng.uniform(18.5, 20.5)), 23.4),
        care="outpatient",
        total=sums(rng, len(days), 60, 220, 1_800),
        certain=False,
    )
    about(city, city.instance("fictitious_purchase", lookalike=True), clinic).settled(handles)
