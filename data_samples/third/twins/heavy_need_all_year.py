"""Who is ill all year reaches the cap before the year ends, every year, at the pace of every month."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import split
from data_samples.third.pace import about_every, usual
from data_samples.third.values import cost_of_a_cap, year_ends


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The last weeks are like the others, with a cold winter's extra visit; the cap falls into them."""
    starts = [(max(end - 364, city.period.first_day, city.policy_start), end) for end in year_ends(city)]
    whole = [(first, end) for first, end in starts if end - first > 150]
    if not whole:
        return
    first, end = whole[int(rng.integers(len(whole)))]
    person = owner(city, rng, age=(50, 95))
    place = nearby(city, rng, person, "primary_care")
    days = about_every(rng, (first, end), 9, 0.2)
    need = int(cost_of_a_cap(city, person, end, len(days)) * rng.uniform(0.98, 1.08))
    handles = city.settle(
        rng,
        person,
        place,
        usual(city, rng, days, "other"),
        care="outpatient",
        total=split(rng, need, len(days), 12.0),
        item=int(rng.integers(1, 280)),
        in_scope=True,
    )
    city.instance("cap_rush", lookalike=True).subject("person", person).settled(handles)
