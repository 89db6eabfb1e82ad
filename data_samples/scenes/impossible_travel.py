"""D08: one card is used at two providers far apart within minutes, on a day of a month or on several."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import MINUTE, Stage
from data_samples.scenes.whereabouts import a_month, far_from, in_hours

_LEAST_KM = 20.0
_CARDS = (1, 2)
"""Identity card and social card: they are shown at the counter."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one card; the far place sells or treats in turns."""
    for number, strength in enumerate(city.strengths(rng, instances)):
        ranges = city.ranges("impossible_travel", strength)
        person = int(city.pick_people(rng, 1, account=True, age=(20, 90))[0])
        here = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[person]))[0])
        sells = number % 2 == 0
        there = far_from(city, rng, here, "pharmacy" if sells else "primary_care", _LEAST_KM)
        days = city.days(rng, ranges.count(rng, "days"), *a_month(city, rng))
        at = in_hours(rng, days, 9, 17)
        card = int(rng.choice(_CARDS))
        near = city.settle(rng, person, here, at, credential=card)
        apart = ranges.counts(rng, "minutes", len(at)) * MINUTE - rng.integers(0, MINUTE, len(at))
        soon = at + apart * rng.choice([-1, 1], len(at))
        far = city.settle(
            rng,
            person,
            there,
            soon,
            care="pharmacy" if sells else "outpatient",
            credential=card,
        )
        instance = city.instance("impossible_travel", strength=strength).subject("person", person)
        instance.settled(np.concatenate([near, far]))
