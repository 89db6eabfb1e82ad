"""Looks like D31: bills of somebody who has died are settled afterwards, for care that was given before.

The hospital closes the stay days later; the center sends in by hand what was left on the desk.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.second.casting import near
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient."""
    for _ in range(how_many(instances, 30)):
        patient = int(city.pick_people(rng, 1, age=(55, 110), unrelated=False)[0])
        day = int(rng.integers(city.period.first_day + 40, city.period.last_day - 35))
        city.die(patient, day, enrolment_ends=bool(rng.random() < 0.8))
        count = heavy(rng, 1, 5)
        served = day - heavies(rng, count, 1, 12) + 1
        settled = (day + heavies(rng, count, 1, 30)) * DAY + rng.integers(9 * 3600, 17 * 3600, count)
        place = near(city, rng, patient, str(rng.choice(["hospital", "primary_care"])))
        handles = city.settle(
            rng,
            patient,
            place,
            settled,
            care="outpatient",
            total=amounts(rng, count, 160, 0.6),
            served=served,
            prescribed=served * DAY + 9 * 3600,
            channel="manual",
            certain=False,
        )
        city.instance("ineligible_settlement", lookalike=True).subject("person", patient).settled(handles)
