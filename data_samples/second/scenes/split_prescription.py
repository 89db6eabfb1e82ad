"""D18: one purchase or visit is settled in several bills that each stay below a limit.

The bills of a day follow each other within minutes at one counter, or are spread over the day and over several
counters; a clinic does it for many of its patients, or one patient has it done over months.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE, Ints
from data_samples.scenes import Stage
from data_samples.second.casting import lone, near, opening, ring, some_days, window
from data_samples.second.draws import graded, heavies, heavy, strengths

_LIMITS = (5_000, 8_000, 10_000, 15_000, 20_000, 30_000, 50_000)
"""Fen: round amounts that desks take as the most for one bill."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """Two of three instances are one patient's, the other a clinic's."""
    for number, strength in enumerate(strengths(rng, instances, 30)):
        instance = city.instance("split_prescription", strength=strength)
        if number % 3 == 1:
            place = int(
                city.pick_providers(rng, str(rng.choice(["clinic", "primary_care"])), subject=True)[0]
            )
            people = ring(city, rng, heavy(rng, graded(strength, 5, 8, 12), 70))
            instance.subject("provider", place).member("person", people)
        else:
            people = np.array([lone(city, rng)])
            place = near(city, rng, int(people[0]), str(rng.choice(["pharmacy", "clinic", "primary_care"])))
            instance.subject("person", people).member("provider", place)
        limit = int(rng.choice(_LIMITS))
        visits = heavy(rng, graded(strength, 1, 2, 3), graded(strength, 3, 6, 14)) + (len(people) == 1)
        for who in people.tolist():
            for day in some_days(rng, window(city, rng, 200), visits).tolist():
                instance.settled(_bills(city, rng, who, place, day, limit, strength))


def _bills(
    city: Stage, rng: np.random.Generator, who: int, place: int, day: int, limit: int, strength: int
) -> Ints:
    count = heavy(rng, graded(strength, 3, 3, 4), graded(strength, 4, 6, 12))
    pause = heavies(rng, count, 1, graded(strength, 150, 40, 9), graded(strength, 0.3, 0.6, 0.9))
    at = np.minimum(opening(city, rng, day) + np.cumsum(pause) * MINUTE, day * 86_400 + 86_399)
    below = rng.uniform(graded(strength, 0.55, 0.8, 0.93), 1.0, count)
    pharmacy = city.places.kind[place] == 0
    doctor = -1 if pharmacy else int(rng.integers(0, city.places.doctors[place]))
    return city.settle(
        rng,
        who,
        place,
        at,
        care="pharmacy" if pharmacy else "outpatient",
        total=np.maximum((limit * below).astype(np.int64), 500),
        in_scope=True,
        certain=False,
        doctor=doctor,
        diagnosis=-1 if pharmacy else int(rng.integers(0, 40)),
    )
