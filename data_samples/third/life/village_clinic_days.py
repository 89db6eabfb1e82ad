"""Once a month a doctor comes to the village: thirty people, one morning, one clinic; it is registered."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import passers_by
from data_samples.third.dice import bills
from data_samples.third.pace import between, queue


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Mostly the same old people, a few of them missing each time."""
    clinic = int(city.pick_providers(rng, "clinic")[0])
    old = passers_by(city, rng, min(30, max(6, city.people.insured // 400)), clinic)
    for start in city.period.month_starts.tolist():
        day = start + int(rng.integers(4, 26))
        today = rng.permutation(old[rng.random(len(old)) < 0.75])
        if len(today) == 0:
            continue
        at = queue(rng, int(between(rng, day, 8.0, 9.0)[0]), len(today), 7.0, 0.5)
        city.settle(
            rng, today, clinic, at, care="outpatient", total=bills(rng, len(today), 70, 0.5), certain=False
        )
        city.register("clinic_day", provider=clinic, first_day=day, last_day=day)
