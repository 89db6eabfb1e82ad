"""Uninsured workers of a site are treated on the card of their foreman.

Kind of case: credentials lent to workmates; one name is treated for many injuries.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import owner, several
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Sometimes two of them on one day, in two rooms; the foreman himself uses his telephone."""
    foreman = owner(city, rng, categories=("active", "flexible"), age=(26, 58))
    span = season(city, rng, strength, 40, 380, since_reform(city))
    days = flow(rng, span, whole(rng, strength, 4, 45))
    places = several(city, rng, 3, "hospital", "primary_care", "clinic")
    urgent = rng.random(len(days)) < 0.25
    places_of = favored(rng, places, len(days))
    at = at_desk(rng, days, 0.3)
    instance = city.instance("impersonation", strength=strength).subject("person", foreman)
    for care, rows in (("emergency", urgent), ("outpatient", ~urgent)):
        if rows.any():
            count = int(rows.sum())
            handles = city.settle(
                rng,
                foreman,
                places_of[rows],
                at[rows],
                care=care,
                total=amounts(rng, count, 120, 700),
                diagnosis=rng.integers(0, 60, count),
                credential=2,
                certain=False,
            )
            instance.settled(handles)
