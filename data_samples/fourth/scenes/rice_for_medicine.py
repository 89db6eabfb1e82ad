"""A pharmacy like a supermarket: rice, oil and soap leave the shop, herbs and tonics stand on the receipt.

Kind of case: household goods sold on insurance cards and booked as medicinal herbs and health drugs.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import herbs
from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.rhythm import phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between, every_day
from data_samples.timing import weekdays


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Shopping as in a supermarket: after work and at weekends, the same families, a few codes for everything."""
    shop = suspect(city, rng)
    people = neighbors(city, rng, number(rng, strength, 10, 90), shop, account=True)
    span = phase(city, rng, strength, 90, 480)
    who = uneven(rng, people, number(rng, strength, 40, 420), 1.5)
    days = every_day(span)
    weight = np.where(weekdays(days) >= 5, rng.uniform(1.2, 4.0), 1.0)
    when = rng.choice(days, len(who), p=weight / weight.sum())
    cover = np.r_[herbs(rng, int(rng.integers(2, 5))), drugs(rng, 2)]
    handles = city.settle(
        rng,
        who,
        shop,
        between(rng, when, 9.0, 21.0),
        total=sums(rng, len(who), 55, 260, 2_000),
        item=mixed(rng, len(who), cover, portion(rng, strength, 0.45, 0.92)),
        packs=np.minimum(1 + rng.geometric(0.35, len(who)), 12),
        lines=rng.choice([1, 2], len(who), p=[0.8, 0.2]),
        in_scope=True,
    )
    instance = city.instance("substitution", strength=strength).subject("provider", shop)
    instance.member("person", people).settled(handles)
    customers(city, rng, shop, days[::2], 3.0)
