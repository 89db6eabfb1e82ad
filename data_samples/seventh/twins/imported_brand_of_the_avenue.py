"""A shop on an avenue sells imported brands, which cost more than those of its neighbors.

Lawful because it charges everybody the same, whoever pays and however.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, hours
from data_samples.seventh.measure import between_any, price_list
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same few items for the whole time."""
    shop = host(city, rng)
    count = int(between_any(rng, 30, 120))
    items = drugs(rng, 4)
    price = price_list(rng, 60, 190)[:4]
    which, packs = rng.integers(0, 4, count), rng.integers(1, 3, count)
    days = busy_days(rng, stretch(city, rng, int(rng.integers(120, 400))), count)
    guests = rng.choice(passers_by(city, rng, count, shop), count)
    cash = rng.random(count) < 0.4
    instance = about(city, city.instance("over_price", lookalike=True), shop)
    for purse, rows in (("cash", cash), ("account", ~cash)):
        instance.settled(
            city.settle(
                rng,
                guests[rows],
                shop,
                hours(rng, days[rows], "shop"),
                total=price[which[rows]] * packs[rows],
                item=items[which[rows]],
                packs=packs[rows],
                lines=1,
                purse=purse,
                certain=False,
            )
        )
