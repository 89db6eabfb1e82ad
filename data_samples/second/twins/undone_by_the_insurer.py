"""Looks like D09: a large bill of a hospital is undone months later, because it has to be settled otherwise.

The stay turned out to belong to maternity or work-injury insurance, or was settled under the wrong name of the
disease; in most cases it is settled again on the next day. The visits in between were needed anyway.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, near, some_days
from data_samples.second.draws import amounts, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient."""
    for _ in range(how_many(instances, 40)):
        patient = int(city.pick_people(rng, 1, age=(20, 90), account=True, unrelated=False)[0])
        hospital = near(city, rng, patient, "hospital")
        first = int(rng.integers(lawful_from(city), city.period.last_day - 60))
        total = amounts(rng, 1, float(rng.uniform(400, 2_500)), 0.4)
        at = by_day(city, rng, np.array([first]), "other")
        bill = city.settle(rng, patient, hospital, at, care="outpatient", total=total, in_scope=True)
        undone = min(first + heavy(rng, 10, 200, 0.5), city.period.last_day - 2)
        city.reverse(bill, undone * DAY + 15 * 3600)
        days = some_days(rng, (first + 1, undone), heavy(rng, 1, 6))
        visits = city.settle(
            rng,
            patient,
            near(city, rng, patient, "primary_care"),
            by_day(city, rng, days, "other"),
            care="outpatient",
            certain=False,
        )
        parts = [bill, visits]
        if rng.random() < 0.75:
            again = np.array([(undone + 1) * DAY + 11 * 3600])
            parts.append(
                city.settle(
                    rng,
                    patient,
                    hospital,
                    again,
                    care="outpatient",
                    total=total,
                    in_scope=True,
                    certain=False,
                )
            )
        instance = city.instance("refund_resettle_loop", lookalike=True).subject("person", patient)
        instance.settled(np.concatenate(parts))
