"""A clinic beside a mill treats its workers, who have no other near their work.

Lawful because they come with coughs and injuries of their own, each a few times a year.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import colleagues
from data_samples.seventh.diary import hours, turns
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """In breaks and after the shift."""
    staff = colleagues(city, rng, int(between_any(rng, 4, 20)))
    clinic = host(city, rng, "clinic")
    turn, days = turns(rng, len(staff), (since_reform(city), city.period.last_day), between_any(rng, 50, 110))
    instance = about(city, city.instance("staff_self_dealing", lookalike=True), clinic).member(
        "person", staff
    )
    instance.settled(
        city.settle(
            rng,
            staff[turn],
            clinic,
            hours(rng, days, "desk"),
            care="outpatient",
            total=bills(rng, len(turn), 40, 190),
            diagnosis=rng.integers(0, 60, len(turn)),
            certain=False,
        )
    )
