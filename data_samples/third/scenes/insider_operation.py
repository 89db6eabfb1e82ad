"""Somebody at the settlement desk enters bills by hand for a circle of friends, before and after office hours."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, chance, normal, of, pareto
from data_samples.third.pace import between, outings, since_reform, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """One login, large sums, care that was given weeks before; a part of it in the noon break."""
    desk = suspect(city, rng, str(rng.choice(["hospital", "primary_care"])))
    friends = owners(city, rng, of(strength, 3, 4, 6))
    clerk = int(rng.integers(city.places.counters[desk]))
    span = stretch(city, rng, normal(rng, of(strength, 90, 140, 220), 0.3, 40, 360), since_reform(city) + 40)
    days = outings(rng, span, pareto(rng, of(strength, 4, 8, 15), 2.0, 45))
    late = rng.random(len(days)) < of(strength, 0.4, 0.6, 0.8)
    at = np.where(late, between(rng, days, 18.3, 23.5), between(rng, days, 11.8, 13.8))
    lag = np.minimum(3 + rng.exponential(14, len(days)), 38).astype(np.int64)
    handles = city.settle(
        rng,
        rng.choice(friends, len(days)),
        desk,
        at,
        care="outpatient",
        total=bills(rng, len(days), of(strength, 500, 900, 1500), 0.6),
        channel="manual",
        counter=clerk,
        served=days - lag,
        prescribed=-1,
        doctor=-1,
        in_scope=True,
    )
    if chance(rng, 0.3) and len(handles) > 3:
        city.reverse(handles[:1], at[:1] + DAY // 2)
    instance = city.instance("insider_operation", strength=strength)
    instance.subject("provider", desk).member("person", friends).settled(handles)
    customers(city, rng, desk, days, 2.0)
