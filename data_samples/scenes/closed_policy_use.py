"""D21: employees' chronic care goes on under its old programme after the programme has been stopped.

Only where employees' chronic care became ordinary outpatient care; elsewhere there is nothing to plant.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import a_month, in_hours
from features.money import FEN_PER_YUAN

_PROGRAMMES = 6
_CATEGORIES = ("active", "retired", "flexible")


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient of one health center or hospital, two to four times within a month."""
    if not city.here["chronic_ends"]:
        return
    for number in range(instances):
        category = _CATEGORIES[number % len(_CATEGORIES)]
        patient = int(city.pick_people(rng, 1, categories=[category], unrelated=False)[0])
        kind = "hospital" if number % 4 == 3 else "primary_care"
        place = int(city.pick_providers(rng, kind, district=int(city.people.district[patient]))[0])
        days = city.days(rng, int(rng.integers(2, 5)), *a_month(city, rng, city.policy_start))
        # The first visit is for drugs of some months, beyond the programme's deductible: the fund pays each time.
        total = rng.integers(15_000, 70_000, len(days))
        total[0] += round(city.sizes["benefits"]["deductible"][category] * FEN_PER_YUAN)
        handles = city.settle(
            rng,
            patient,
            place,
            in_hours(rng, days),
            care="chronic_outpatient",
            total=total,
            in_scope=True,
            programme=int(rng.integers(0, _PROGRAMMES)),
            certain=False,
        )
        city.instance("closed_policy_use").subject("provider", place).member("person", patient).settled(
            handles
        )
