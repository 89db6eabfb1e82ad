"""A code on two telephones: one is at the doctor's, the other at a counter in another town at the same time.

Kind of case: an electronic credential shared with a buyer, found by settlements that one person cannot have made.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.seventh.diary import campaign, hours, renewals
from data_samples.seventh.measure import bills, falling, grade
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Most days of the owner are ordinary; on some the buyer is too quick."""
    sharer = owner(city, rng, age=(22, 66))
    home = nearby(city, rng, sharer, "primary_care")
    away = farthest(city, rng, home, "pharmacy")
    span = campaign(city, rng, strength, 100, 420, since_reform(city))
    days = renewals(rng, span, falling(rng, strength, 8, 26))
    seen = hours(rng, days, "desk")
    city.settle(
        rng,
        sharer,
        home,
        seen,
        care="outpatient",
        total=bills(rng, len(days), 50, 190),
        credential=0,
        certain=False,
    )
    rows = np.flatnonzero(rng.random(len(days)) < grade(rng, strength, 0.35, 0.9))
    rows = rows if len(rows) else np.array([0])
    sign = rng.choice([-1, 1], len(rows))
    at = seen[rows] + sign * np.floor(rng.uniform(1, 22, len(rows)) * MINUTE).astype(np.int64)
    instance = city.instance("impossible_travel", strength=strength).subject("person", sharer)
    instance.settled(
        city.settle(rng, sharer, away, at, total=bills(rng, len(rows), 110, 420), credential=0, doctor=-1)
    )
