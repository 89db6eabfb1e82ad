"""D41: a clerk settles by hand, after hours, what nobody applied for.

Large bills of a few cards, always under one operator's name, and now and then one that is undone and made again.
Mild instances hide among the clerk's working hours.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one clerk of one hospital or health center."""
    for strength in strengths(rng, instances, 14):
        place = int(city.pick_providers(rng, str(rng.choice(["hospital", "primary_care"])), subject=True)[0])
        clerk = int(rng.integers(0, city.places.counters[place]))
        cards = ring(city, rng, heavy(rng, 3, graded(strength, 7, 9, 20)))
        person = rng.permutation(np.repeat(cards, heavies(rng, len(cards), 2, graded(strength, 4, 7, 14))))
        span = window(city, rng, graded(strength, 300, 200, 120), lawful_from(city))
        day = rng.choice(some_days(rng, span, 60), len(person))
        hours = np.where(
            rng.random(len(day)) < 0.5, rng.integers(19, 23, len(day)), rng.integers(5, 7, len(day))
        )
        after_hours = rng.random(len(day)) < graded(strength, 0.3, 0.65, 0.95)
        at = np.where(
            after_hours,
            day * DAY + hours * 3600 + rng.integers(0, 3600, len(day)),
            by_day(city, rng, day, "other"),
        )
        handles = city.settle(
            rng,
            person,
            place,
            at,
            care="outpatient",
            total=amounts(rng, len(day), float(rng.uniform(400, graded(strength, 900, 1_800, 4_000))), 0.4),
            in_scope=True,
            channel="manual",
            counter=clerk,
            certain=False,
        )
        instance = city.instance("insider_operation", strength=strength)
        instance.subject("provider", place).member("person", cards).settled(handles)
