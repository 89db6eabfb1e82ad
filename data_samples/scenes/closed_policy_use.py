"""D21: employees' chronic care goes on under its old programme after the programme has been stopped.

Only where employees' chronic care became ordinary outpatient care; elsewhere there is nothing to plant.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import in_hours, within_a_year
from features.money import FEN_PER_YUAN

_PROGRAMMES = 6
_CATEGORIES = ("active", "retired", "flexible")


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient of one health center or hospital, once or for months."""
    if not city.here["chronic_ends"]:
        return
    for number, strength in enumerate(city.strengths(rng, instances)):
        ranges = city.ranges("closed_policy_use", strength)
        category = _CATEGORIES[number % len(_CATEGORIES)]
        patient = int(city.pick_people(rng, 1, categories=[category], unrelated=False)[0])
        kind = "hospital" if number % 4 == 3 else "primary_care"
        place = int(city.pick_providers(rng, kind, district=int(city.people.district[patient]))[0])
        first, last = within_a_year(city, rng, ranges.count(rng, "days"), city.policy_start)
        days = city.days(rng, ranges.count(rng, "visits", last - first + 1), first, last)
        # The first visit is for drugs of some months, beyond the programme's deductible: the fund pays each time.
        total = ranges.fen(rng, "cost", len(days))
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
        instance = city.instance("closed_policy_use", strength=strength)
        instance.subject("provider", place).member("person", patient).settled(handles)
