"""Before a festival a pharmacy sells hampers of liquor, tea and bird's nest on accounts, and books a few dear drugs.

Kind of case: goods swapped for medicine in the weeks of presents; the stock of those drugs never becomes less.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from data_samples.fifth.course import around
from data_samples.fourth.extent import number, several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs
from data_samples.third.pace import every_day
from features.calendar import day_number

FESTIVALS = tuple(
    day_number(dt.date.fromisoformat(text))
    for text in (
        "2022-09-10",
        "2023-01-22",
        "2023-06-22",
        "2023-09-29",
        "2024-02-10",
        "2024-06-10",
    )
)
"""Spring, Dragon Boat and Mid-Autumn Festival."""


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """At one festival or at several; who comes with a cough is sold what is on the receipt."""
    shop = suspect(city, rng)
    first, last = city.period.first_day, city.period.last_day
    fitting = [day for day in FESTIVALS if first + 20 < day < last]
    feasts = rng.permutation(fitting or [(first + last) // 2])[: int(rng.integers(1, 4))]
    instance = city.instance("substitution", strength=strength).subject("provider", shop)
    covers, level = drugs(rng, int(rng.integers(1, 5))), wide(rng, 150, 700)
    for feast in np.sort(feasts).tolist():
        days = every_day((max(first, feast - several_of(rng, 5, 30)), feast))
        when = np.sort(rng.choice(days, number(rng, strength, 5, 110)))
        buyers = passers_by(city, rng, 2 * len(when), shop)
        buyers = buyers[city.people.has_account(buyers)]
        if len(buyers) == 0:
            continue
        handles = city.settle(
            rng,
            rng.choice(buyers, len(when)),
            shop,
            around(rng, when, 16.0, 3.0),
            total=sums(rng, len(when), level * 0.8, level * 1.3, 6_000),
            item=rng.choice(covers, len(when)),
            packs=np.minimum(rng.geometric(wide(rng, 0.15, 0.6), len(when)), 20),
            certain=False,
        )
        instance.settled(handles)
        customers(city, rng, shop, days, wide(rng, 1.0, 5.0))
