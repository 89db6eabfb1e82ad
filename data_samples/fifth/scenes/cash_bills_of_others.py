"""A clerk at a hospital's counter enters what strangers paid in cash once more, by hand, on the cards of his friends.

Kind of case: staff who know that a bill paid in cash is missed by nobody; evenings, weekends, a single key.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import number, portion, sums, uneven, wide
from data_samples.fourth.rhythm import after
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same item, doctor and sum a few hours later; the strangers have never heard of it."""
    place = suspect(city, rng, str(rng.choice(["hospital", "primary_care"], p=[0.7, 0.3])))
    friends = owners(city, rng, number(rng, strength, 2, 14))
    count = number(rng, strength, 6, 90)
    days = business(city, rng, strength, (30, 420), count, since_reform(city))
    clerk = int(rng.integers(city.places.counters[place]))
    bill: dict[str, Any] = {
        "care": "outpatient",
        "total": sums(rng, count, 220, 1_100, 8_000),
        "item": rng.integers(1, 280, count),
        "doctor": rng.integers(0, city.places.doctors[place], count),
        "diagnosis": rng.integers(0, 60, count),
        "certain": False,
    }
    at = between(rng, days, 8.0, 15.5)
    city.settle(rng, rng.choice(passers_by(city, rng, count, place), count), place, at, purse="cash", **bill)
    used = uneven(rng, friends, count, wide(rng, 0.6, 6.0))
    by_hand = rng.random(count) < portion(rng, strength, 0.5, 0.97)
    again = after(rng, at, 40, 360)
    instance = city.instance("insider_operation", strength=strength).subject("provider", place)
    instance.member("person", np.unique(used))
    for rows, channel in ((np.flatnonzero(by_hand), "manual"), (np.flatnonzero(~by_hand), "online")):
        if len(rows):
            mine = {name: value[rows] if np.ndim(value) else value for name, value in bill.items()}
            handles = city.settle(
                rng,
                used[rows],
                place,
                again[rows],
                channel=channel,
                counter=clerk,
                prescribed=at[rows],
                **mine,
            )
            instance.settled(handles)
    customers(city, rng, place, np.unique(days), wide(rng, 1.0, 6.0))
