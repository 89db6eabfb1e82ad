"""D22: the same cost is paid twice: at the counter, and again by hand with the receipt.

The second time comes days or months later, sometimes at another desk or as the other scheme's; mild instances differ
by the items that the desk would not take.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, near, some_days
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient."""
    for number, strength in enumerate(strengths(rng, instances, 30)):
        patient = int(city.pick_people(rng, 1, age=(20, 92), unrelated=False)[0])
        place = near(city, rng, patient, str(rng.choice(["hospital", "primary_care"])))
        count = heavy(rng, graded(strength, 1, 2, 3), graded(strength, 3, 5, 12))
        days = some_days(rng, (lawful_from(city), city.period.last_day - 32), count)
        total = amounts(rng, len(days), float(rng.uniform(200, 1_500)), 0.5)
        fields: dict[str, Any] = {
            "doctor": 0,
            "diagnosis": int(rng.integers(0, 40)),
            "item": int(rng.integers(1, 285)),
            "lines": 1,
        }
        first = city.settle(
            rng,
            patient,
            place,
            by_day(city, rng, days, "other"),
            care="outpatient",
            total=total,
            in_scope=True,
            certain=False,
            **fields,
        )
        later = (days + heavies(rng, len(days), 2, 31, 0.5)) * DAY + rng.integers(
            9 * 3600, 17 * 3600, len(days)
        )
        kept = np.where(
            rng.random(len(days)) < graded(strength, 0.4, 0.8, 1.0), 1.0, rng.uniform(0.8, 1, len(days))
        )
        if number % 3 == 2 and city.people.has_account(np.array([patient]))[0]:
            city.enrol(patient, "resident", "resident", city.period.first_day)
            fields |= {"scheme": "resident", "category": "resident", "purse": "cash"}
        second = city.settle(
            rng,
            patient,
            place,
            later,
            care="outpatient",
            total=(total * kept).astype(np.int64),
            in_scope=True,
            served=days,
            prescribed=days * DAY + 9 * 3600,
            channel="manual",
            certain=False,
            **fields,
        )
        instance = city.instance("duplicate_benefit", strength=strength).subject("person", patient)
        instance.settled(np.concatenate([first, second]))
