"""A provider goes on billing a chronic programme that has been closed for employees."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, geometric, normal, of, pareto
from data_samples.third.pace import about_every, since_reform, stretch, thin_span, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Its old patients, monthly for a while, not every month; where programmes go on nothing is planted."""
    if not city.here["chronic_ends"]:
        return
    place = suspect(city, rng, str(rng.choice(["primary_care", "hospital"])))
    old = neighbors(
        city, rng, pareto(rng, of(strength, 3, 6, 12), 1.8, 30), place, account=True, age=(45, 95)
    )
    span = stretch(city, rng, normal(rng, of(strength, 100, 160, 260), 0.3, 60, 420), since_reform(city))
    instance = city.instance("closed_policy_use", strength=strength).subject("provider", place)
    for person in old.tolist():
        days = about_every(rng, thin_span(rng, span, of(strength, 0.5, 0.7, 0.9)), 30, 0.15)
        handles = city.settle(
            rng,
            person,
            place,
            usual(city, rng, days, "other"),
            care="chronic_outpatient",
            programme=int(rng.integers(0, 6)),
            total=bills(rng, len(days), 360, 0.25),
            packs=geometric(rng, 2.0, 1, 6),
        )
        instance.settled(handles)
    customers(city, rng, place, about_every(rng, span, 6), 1.5)
