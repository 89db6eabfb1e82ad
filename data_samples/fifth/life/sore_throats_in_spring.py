"""A fortnight of sore throats: pharmacies of a district sell the same few drugs to everybody, mostly in the evening."""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import around, grown
from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import host, passers_by
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import every_day, stretch


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Small baskets at a few shops; each customer comes once or twice."""
    span, items = stretch(city, rng, several_of(rng, 8, 25)), drugs(rng, 3)
    for _ in range(int(rng.integers(2, 5))):
        shop = host(city, rng)
        days = grown(rng, every_day(span), max(6, city.people.insured // 300))
        people = passers_by(city, rng, len(days), shop)
        city.settle(
            rng,
            rng.choice(people, len(days)),
            shop,
            around(rng, days, 18.0, 2.2),
            total=sums(rng, len(days), 20, 80, 600),
            item=mixed(rng, len(days), items, 0.7),
            certain=False,
        )
