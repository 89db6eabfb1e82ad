"""D18: one visit is cut into many settlements, each just below a limit, by one doctor for one patient in one hour."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import MINUTE, Stage
from data_samples.scenes.whereabouts import a_month, in_hours

_LIMITS = (10_000, 20_000, 30_000, 50_000)
"""Fen that a single prescription may not exceed, as such limits are usually set."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with one doctor, on one to three days of a month."""
    for number in range(instances):
        kind = ("clinic", "primary_care")[number % 2]
        patient = int(city.pick_people(rng, 1, account=True, age=(30, 90))[0])
        place = int(city.pick_providers(rng, kind, district=int(city.people.district[patient]))[0])
        days = city.days(rng, int(rng.integers(1, 4)), *a_month(city, rng))
        parts = rng.integers(4, 8, len(days))
        begin = np.repeat(in_hours(rng, days, 9, 16), parts)
        nth = np.concatenate([np.arange(count) for count in parts])
        at = begin + nth * 7 * MINUTE + rng.integers(0, 5 * MINUTE, len(begin))
        limit = int(rng.choice(_LIMITS))
        handles = city.settle(
            rng,
            patient,
            place,
            at,
            care="outpatient",
            total=limit - rng.integers(1, limit * 5 // 100, len(at)),
            in_scope=True,
            doctor=int(rng.integers(0, city.places.doctors[place])),
            prescribed=begin,
            diagnosis=int(rng.integers(0, 60)),
            item=rng.integers(1, 280, len(at)),
            lines=1,
        )
        city.instance("split_prescription").subject("provider", place).member("person", patient).settled(
            handles
        )
