"""Retired dancers of a park go to the same health center after the dance, for their blood pressure.

Lawful because each has a chronic illness, comes about once a month, and the company is another each time.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import turns
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import host
from data_samples.third.goods import drugs
from data_samples.third.pace import between, since_reform
from data_samples.timing import weekdays


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Small bills in the morning."""
    center = host(city, rng, "primary_care")
    dancers = people(city, rng, int(between_any(rng, 5, 14)), center, age=(56, 80))
    turn, days = turns(
        rng, len(dancers), (since_reform(city), city.period.last_day), between_any(rng, 20, 32)
    )
    days = days - weekdays(days) % 2
    days = np.maximum(days, city.period.first_day)
    instance = city.instance("co_visit_group", lookalike=True).subject("group").member("person", dancers)
    instance.settled(
        city.settle(
            rng,
            dancers[turn],
            center,
            between(rng, days, 8.6, 10.4),
            care="outpatient",
            total=bills(rng, len(turn), 35, 120),
            diagnosis=rng.integers(0, 12, len(dancers))[turn],
            item=drugs(rng, len(dancers))[turn],
            certain=False,
        )
    )
