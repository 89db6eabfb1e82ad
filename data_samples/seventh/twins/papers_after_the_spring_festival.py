"""Migrant workers come home for the festival, and hand in the bills of the year by paper at one window.

Lawful because there are many of them, with a bill or two each, of ordinary sums and different days.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import by_hand
from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """In office hours of two or three weeks, all with one operator."""
    place = host(city, rng, "hospital")
    first, last = stretch(city, rng, int(rng.integers(12, 22)), since_reform(city) + 30)
    days = busy_days(rng, (first, last), int(between_any(rng, 12, 60)))
    at = between(rng, days, 9.0, 16.8)
    who = passers_by(city, rng, len(at), place)
    handles = city.settle(
        rng,
        rng.choice(who, len(at)),
        place,
        at,
        care="outpatient",
        total=bills(rng, len(at), 120, 640),
        counter=0,
        **(by_hand(rng, at, (3, 60), city.period.first_day) | {"doctor": rng.integers(0, 4, len(at))}),
        certain=False,
    )
    about(city, city.instance("insider_operation", lookalike=True), place).settled(handles)
