"""D18: one visit is cut into several settlements below a limit, by one doctor for one patient in one hour."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import MINUTE, Stage
from data_samples.scenes.whereabouts import a_month, in_hours

_LIMITS = (10_000, 20_000, 30_000, 50_000)
"""Fen that a single prescription may not exceed, as such limits are usually set."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with one doctor, on a day of a month or some."""
    for number, strength in enumerate(city.strengths(rng, instances)):
        ranges = city.ranges("split_prescription", strength)
        kind = ("clinic", "primary_care")[number % 2]
        patient = int(city.pick_people(rng, 1, account=True, age=(30, 90))[0])
        place = int(city.pick_providers(rng, kind, district=int(city.people.district[patient]))[0])
        days = city.days(rng, ranges.count(rng, "days"), *a_month(city, rng))
        parts = ranges.counts(rng, "parts", len(days))
        begin = np.repeat(in_hours(rng, days, 9, 16), parts)
        nth = np.concatenate([np.arange(count) for count in parts])
        # All within the hour.
        each = 50 * MINUTE // np.repeat(parts, parts)
        at = begin + nth * each + (rng.random(len(begin)) * each).astype(np.int64)
        limit, below = int(rng.choice(_LIMITS)), ranges.share(rng, "below")
        handles = city.settle(
            rng,
            patient,
            place,
            at,
            care="outpatient",
            total=limit - 1 - (rng.random(len(at)) * limit * below).astype(np.int64),
            in_scope=True,
            doctor=int(rng.integers(0, city.places.doctors[place])),
            prescribed=begin,
            diagnosis=int(rng.integers(0, 60)),
            item=rng.integers(1, 280, len(at)),
            lines=1,
        )
        instance = city.instance("split_prescription", strength=strength).subject("provider", place)
        instance.member("person", patient).settled(handles)
