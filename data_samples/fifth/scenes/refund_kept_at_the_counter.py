"""A cashier takes bills back when the patients have gone, enters a part of them again, and keeps the difference.

Kind of case: counters whose refunds come at the end of the shift; what the patient had paid in cash is never returned.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import after
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Patients know nothing of it; the same counter has many bills that stay as they are."""
    place = suspect(city, rng, str(rng.choice(["hospital", "primary_care"])))
    counter = int(rng.integers(city.places.counters[place]))
    days = business(city, rng, strength, (25, 300), number(rng, strength, 8, 120), since_reform(city))
    people = passers_by(city, rng, 2 * len(days), place)
    who, at = rng.choice(people, len(days)), between(rng, days, 8.0, 15.5)
    total = sums(rng, len(days), 110, 460, 6_000)
    billed = city.settle(rng, who, place, at, care="outpatient", total=total, counter=counter)
    shift = rng.normal(17.2, wide(rng, 0.1, 1.2), len(days))
    back = days * DAY + np.round(np.clip(shift, 15.8, 22.0) * 3_600).astype(np.int64)
    back += rng.integers(0, 1_200, len(days))
    city.reverse(billed, back)
    again = np.flatnonzero(rng.random(len(days)) < portion(rng, strength, 0.2, 0.8))
    instance = city.instance("refund_resettle_loop", strength=strength).subject("provider", place)
    instance.settled(billed)
    if len(again):
        part = np.maximum((total[again] * rng.uniform(0.2, 0.85, len(again))).astype(np.int64), 300)
        later = after(rng, back[again], 0.5, 25)
        handles = city.settle(
            rng,
            who[again],
            place,
            later,
            care="outpatient",
            total=part,
            counter=counter,
            prescribed=at[again],
            certain=False,
        )
        instance.settled(handles)
    customers(city, rng, place, np.unique(days), wide(rng, 2.0, 9.0))
