"""A small clinic writes visits for patients of its card index, on days when hardly anybody comes.

Kind of case: ghost patients; the names are real, the numbers are on file, and nobody is asked.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business, in_a_row
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import chance
from data_samples.third.pace import since_reform, stretch, usual


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each had been there before; ghosts come in little rows, some at hours when the door is shut."""
    clinic = suspect(city, rng, "clinic" if chance(rng, 0.75) else "primary_care")
    count = number(rng, strength, 16, 240)
    people = passers_by(city, rng, max(5, round(count / wide(rng, 1.0, 7.0))), clinic)
    start = since_reform(city)
    early = stretch(city, rng, round(wide(rng, 20, 90)), start)
    seen = rng.integers(early[0], early[1] + 1, len(people))
    level = wide(rng, 80, 300)
    fen = sums(rng, len(people), level * 0.8, level * 1.2)
    city.settle(
        rng, people, clinic, usual(city, rng, seen, "other"), care="outpatient", total=fen, certain=False
    )
    days = business(city, rng, strength, (30, 380), count, start)
    row = rng.integers(0, len(people), count)
    at = in_a_row(rng, days, (8.5, 18.5), wide(rng, 1.5, 25.0))
    behind = rng.random(count) < portion(rng, strength, 0.05, 0.4)
    at = np.where(behind, at // DAY * DAY + rng.integers(20 * 3_600, 23 * 3_600, count), at)
    handles = city.settle(
        rng,
        people[row],
        clinic,
        at,
        care="outpatient",
        total=np.where(rng.random(count) < 0.5, fen[row], sums(rng, count, level, level * 1.5)),
        certain=False,
    )
    instance = city.instance("fictitious_purchase", strength=strength).subject("provider", clinic)
    instance.settled(handles)
    customers(city, rng, clinic, np.unique(days)[::2], wide(rng, 0.6, 2.5))
