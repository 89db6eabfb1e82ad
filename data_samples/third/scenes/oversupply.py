"""A doctor who does not count and a patient who stocks up: years of a drug within months.

Published: fifteen years of a drug within three months.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import bills, normal, of
from data_samples.third.goods import drugs, prescribed
from data_samples.third.pace import about_every, stretch, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Two drugs in turn, each long before the last boxes are used up; quantities rise as nobody asks."""
    person = owner(city, rng, age=(35, 95))
    place = nearby(city, rng, person, str(rng.choice(["primary_care", "hospital", "clinic"])))
    span = stretch(city, rng, normal(rng, of(strength, 150, 150, 110), 0.3, 80, 360))
    excess = of(strength, 1.6, 2.7, 5.5) * float(np.exp(0.25 * rng.standard_normal()))
    goods, supply = drugs(rng, 2), int(rng.choice([28, 30, 60]))
    days = about_every(rng, span, supply / excess, 0.35)
    count = len(days)
    rising = 1 + np.floor(np.linspace(0, of(strength, 1, 2, 4), count) + rng.random(count)).astype(np.int64)
    at = usual(city, rng, days, "other")
    fields = prescribed(city, rng, place, at, doctor=int(rng.integers(city.places.doctors[place])))
    handles = city.settle(
        rng,
        person,
        place,
        at,
        care="outpatient",
        total=rising * bills(rng, count, 130, 0.12),
        item=goods[(rng.random(count) < 0.3).astype(np.int64)],
        packs=rising,
        supply=supply,
        lines=rng.choice([1, 2], count),
        **fields,
    )
    city.instance("oversupply", strength=strength).subject("person", person).settled(handles)
