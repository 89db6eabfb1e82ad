"""Neighbors sit in an infusion hall every morning of a fortnight; they are well, have breakfast, and are paid for it.

Kind of case: trains of infusions billed for recruited groups; who stays at home is billed like the others.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import in_a_row
from data_samples.fourth.extent import number, portion, several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import spare, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import chance
from data_samples.third.goods import drugs
from data_samples.third.pace import every_day, since_reform, stretch


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """One train or several, with other neighbors each time in part; whoever has had enough stays away."""
    hall = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    group = city.pick_people(
        rng,
        spare(city, number(rng, strength, 4, 34), 4),
        district=int(city.places.district[hall]),
        age=(45, 96),
        unrelated=chance(rng, 0.5),
    )
    instance = city.instance("co_visit_group", strength=strength).subject("group")
    taking_part: set[int] = set()
    for _ in range(number(rng, strength, 1, 4)):
        riding = group[rng.random(len(group)) < portion(rng, strength, 0.5, 0.95)]
        riding = riding if len(riding) >= 3 else group[:3]
        taking_part |= set(riding.tolist())
        days = every_day(stretch(city, rng, several_of(rng, 4, 16), since_reform(city)))
        billed, gap, infusion = portion(rng, strength, 0.5, 0.97), wide(rng, 1.0, 9.0), drugs(rng, 2)
        price = sums(rng, len(group), 80, 280, 1_200)
        for day in days.tolist():
            rows = np.flatnonzero(np.isin(group, riding) & (rng.random(len(group)) < billed))
            rows = rng.permutation(rows) if chance(rng, 0.6) else rows
            if len(rows) == 0:
                continue
            handles = city.settle(
                rng,
                group[rows],
                hall,
                in_a_row(rng, np.full(len(rows), day), (7.6, 9.6), gap),
                care="outpatient",
                total=price[rows],
                item=rng.choice(infusion, len(rows)),
                certain=False,
            )
            instance.settled(handles)
        customers(city, rng, hall, days, wide(rng, 0.7, 4.0))
    instance.member("person", sorted(taking_part)).member("provider", hall)
