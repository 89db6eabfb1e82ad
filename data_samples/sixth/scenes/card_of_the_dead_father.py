"""A family does not report a death, and draws the father's drugs for months.

Kind of case: settlements after a death that the agency learned of late.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, own_round
from data_samples.sixth.sizes import amounts, any_of, favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, newcomers
from data_samples.third.goods import drugs


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same drugs as before, at the same health center and shop."""
    dead = newcomers(city, rng, 1, categories=("retired",), account=True, age=(62, 100))
    if len(dead) == 0:  # in a small city everybody has been seen
        return
    father = int(dead[0])
    months = whole(rng, strength, 1, 12) * 30
    death = int(
        rng.integers(city.period.first_day + 5, max(city.period.first_day + 6, city.period.last_day - months))
    )
    places = np.array([nearby(city, rng, father, kind) for kind in ("primary_care", "pharmacy")])
    items = drugs(rng, 3)
    gap = any_of(rng, 12, 34)
    last = city.period.last_day
    before = own_round(rng, (city.period.first_day, death), gap)
    after = own_round(rng, (death + 1, min(death + 25 + months, last)), gap)
    city.die(father, death, enrolment_ends=False)
    days = np.r_[before, after]
    handles = buy_or_visit(
        city,
        rng,
        father,
        favored(rng, places, len(days)),
        at_desk(rng, days, 0.1),
        desks=places[:1],
        total=amounts(rng, len(days), 90, 480),
        item=rng.choice(items, len(days)),
        credential=2,
        certain=False,
    )
    instance = city.instance("ineligible_settlement", strength=strength).subject("person", father)
    instance.settled(handles[len(before) :])
