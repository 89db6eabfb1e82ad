"""A chain celebrates: for three days its branches sell one vitamin drug at half price, to queues until the evening."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between, queue, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Registered as an event; a customer comes once."""
    shop = host(city, rng)
    first = stretch(city, rng, 4)[0]
    most = min(90, max(12, city.people.insured // 120))
    guests = rng.permutation(passers_by(city, rng, 3 * most, shop))
    vitamin = drugs(rng, 1)
    instance = about(city, city.instance("capacity_anomaly", lookalike=True), shop)
    for day, today in zip(range(first, first + 3), np.array_split(guests, 3), strict=True):
        if len(today) == 0:
            continue
        at = queue(rng, int(between(rng, day, 8.0, 9.0)[0]), len(today), 4.0, 0.9)
        handles = city.settle(
            rng,
            today,
            shop,
            at,
            total=bills(rng, len(today), 39, 0.25),
            item=mixed(rng, len(today), vitamin, 0.7),
            certain=False,
        )
        instance.settled(handles)
    city.register("event", provider=shop, first_day=first, last_day=first + 2)
