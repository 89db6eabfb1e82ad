"""Old people are seen by three departments on the one day on which somebody can bring them.

Lawful because each bill has another doctor, another illness and another sum.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import hours, minutes_after, turns
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A few times a year."""
    hospital = host(city, rng, "hospital")
    old = people(city, rng, int(between_any(rng, 2, 9)), age=(68, 98))
    turn, days = turns(rng, len(old), (since_reform(city), city.period.last_day), between_any(rng, 60, 110))
    instance = about(city, city.instance("split_prescription", lookalike=True), hospital).member(
        "person", old
    )
    start = hours(rng, days, "desk")
    for number in range(3):
        here = rng.random(len(turn)) < (1.0, 0.95, 0.6)[number]
        at = minutes_after(rng, start[here] + 75 * MINUTE * number, 0, 20)
        instance.settled(
            city.settle(
                rng,
                old[turn[here]],
                hospital,
                at,
                care="outpatient",
                total=bills(rng, int(here.sum()), 60, 320),
                doctor=number,
                diagnosis=5 + 17 * number,
                prescribed=at - 5 * MINUTE,
                certain=False,
            )
        )
