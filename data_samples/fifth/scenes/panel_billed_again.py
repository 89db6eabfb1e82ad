"""A laboratory sends its panel to the till twice: at the desk, and in the afternoon from the machine's own list.

Kind of case: the same items on the same day for the same patient, in sums that nobody compares.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import after
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, since_reform


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some patients only; what the desk billed first was right."""
    place = suspect(city, rng, str(rng.choice(["hospital", "primary_care"])))
    count = number(rng, strength, 10, 160)
    days = business(city, rng, strength, (20, 400), count, since_reform(city))
    panels = rng.integers(1, 280, int(rng.integers(1, 5)))
    price = sums(rng, len(panels), 70, 320, 1_500)
    which = rng.integers(0, len(panels), count)
    people = passers_by(city, rng, 2 * count, place)
    bill: dict[str, Any] = {
        "total": price[which],
        "item": panels[which],
        "doctor": rng.integers(0, city.places.doctors[place], count),
        "diagnosis": rng.integers(0, 60, count),
        "lines": np.full(count, 2),
        "packs": np.full(count, 1),
    }
    who, at = rng.choice(people, count), between(rng, days, 7.8, 12.0)
    city.settle(rng, who, place, at, care="outpatient", prescribed=at - 600, certain=False, **bill)
    again = np.flatnonzero(rng.random(count) < portion(rng, strength, 0.2, 0.95))
    again = again if len(again) else np.arange(1)
    later = after(rng, at[again], wide(rng, 2, 60), wide(rng, 90, 480))
    mine: dict[str, Any] = {name: values[again] for name, values in bill.items()}
    handles = city.settle(
        rng, who[again], place, later, care="outpatient", prescribed=at[again] - 600, certain=False, **mine
    )
    city.instance("duplicate_charge", strength=strength).subject("provider", place).settled(handles)
    customers(city, rng, place, np.unique(days), wide(rng, 0.8, 5.0))
