"""After an update the agency's interface pays some institutions by a ratio that is not theirs, until somebody compares.

Kind of case: errors of the agency's own configuration; nobody at the counter can see them.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import chance
from data_samples.third.pace import since_reform, usual


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Too much or too little, for a part of the bills; the others of the same days are right."""
    places = np.unique(
        [
            suspect(city, rng, kind)
            for kind in rng.choice(["primary_care", "hospital"], int(rng.integers(1, 4)))
        ]
    )
    instance = city.instance("benefit_recalc_mismatch", strength=strength).subject("group")
    sign = 1 if chance(rng, 0.6) else -1
    points = sign * wide(rng, 0.02, 0.3)
    for place in places.tolist():
        count = number(rng, strength, 6, 140)
        days = business(city, rng, strength, (6, 160), count, since_reform(city))
        people = passers_by(city, rng, count, place)
        who = rng.choice(people, count)
        total = sums(rng, count, 150, 600, 5_000)
        handles = city.settle(
            rng,
            who,
            place,
            usual(city, rng, days, "other"),
            care="outpatient",
            total=total,
            in_scope=True,
            certain=False,
        )
        wrong = rng.random(count) < portion(rng, strength, 0.3, 0.95)
        wrong[0] = True
        city.misprice(handles[wrong], pool_fen=(total[wrong] * points).astype(np.int64))
        instance.member("provider", place).settled(handles[wrong])
        customers(city, rng, place, np.unique(days), wide(rng, 0.6, 3.0))
