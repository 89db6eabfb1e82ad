"""Weeks of heat: clinics of the city treat people who fainted, and shops sell salts.

Nobody is named; the weeks are busy everywhere.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, hours
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import passers_by, several
from data_samples.third.pace import stretch


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Small bills at a few places."""
    span = stretch(city, rng, int(between_any(rng, 9, 25)))
    for place in several(city, rng, 3, "clinic", "pharmacy").tolist():
        days = busy_days(rng, span, max(6, city.people.insured // 400))
        who = rng.choice(passers_by(city, rng, len(days), place), len(days))
        buy_or_visit(
            city,
            rng,
            who,
            np.full(len(days), place),
            hours(rng, days, "shop"),
            total=bills(rng, len(days), 20, 90),
            certain=False,
        )
