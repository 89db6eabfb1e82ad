"""Looks like D22: a cost stands on record twice, and was paid once.

The card reader failed, the counter undid the bill, and the receipt was brought to the desk; or the sessions of
a course have a fixed price.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, near, some_days
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient; the two ways take turns."""
    for number in range(how_many(instances, 30)):
        patient = int(city.pick_people(rng, 1, age=(20, 92), unrelated=False)[0])
        place = near(city, rng, patient, ("hospital", "primary_care")[number % 2])
        days = some_days(rng, (lawful_from(city), city.period.last_day - 32), heavy(rng, 1, 4))
        total = amounts(rng, len(days), float(rng.uniform(150, 1_200)), 0.5)
        at = np.minimum(by_day(city, rng, days, "other"), days * DAY + 18 * 3600)
        first = city.settle(rng, patient, place, at, care="outpatient", total=total, in_scope=True)
        if number % 2 == 0:
            city.reverse(first, at + heavies(rng, len(days), 2, 60) * MINUTE)
            later = (days + heavies(rng, len(days), 2, 31, 0.5)) * DAY + 10 * 3600
            fields: dict[str, Any] = {"served": days, "prescribed": days * DAY + 9 * 3600}
            again = city.settle(
                rng,
                patient,
                place,
                later,
                care="outpatient",
                total=total,
                in_scope=True,
                channel="manual",
                certain=False,
                **fields,
            )
        else:
            # A course with a fixed price: another session in the next week.
            week = at + heavies(rng, len(days), 3, 9) * DAY
            again = city.settle(
                rng, patient, place, week, care="outpatient", total=total, in_scope=True, certain=False
            )
        instance = city.instance("duplicate_benefit", lookalike=True).subject("person", patient)
        instance.settled(np.concatenate([first, again]))
