"""A pharmacy keeps other people's cards in a drawer and bills them on slow mornings.

Published: a pharmacy in Lanzhou collected residents' cards, billed outpatient pooling and chronic drugs, and sold on.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, pooled_pharmacy
from data_samples.third.cover import customers, own_purchases
from data_samples.third.dice import bills, chance, normal, of, pareto, thinned
from data_samples.third.goods import drugs, mixed, prescribed
from data_samples.third.pace import between, outings, queue, since_reform, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Another part of the drawer each time, minutes apart, between customers, at two counters."""
    first = since_reform(city)
    shop = pooled_pharmacy(city, rng, first)
    cards = neighbors(
        city, rng, pareto(rng, of(strength, 7, 12, 22), 1.7, 70), shop, account=True, age=(40, 95)
    )
    span = stretch(city, rng, normal(rng, of(strength, 60, 110, 190), 0.3, 30, 300), first)
    days = outings(rng, span, pareto(rng, of(strength, 3, 6, 10), 1.8, 40))
    desk = int(city.pick_providers(rng, "clinic")[0])
    goods = drugs(rng, of(strength, 6, 4, 3))
    instance = city.instance("card_concentration", strength=strength)
    instance.subject("provider", shop).member("person", cards)
    for day in days.tolist():
        today = rng.permutation(thinned(rng, cards, of(strength, 0.5, 0.65, 0.8), 3))
        start = int(between(rng, day, 9.0, 16.0)[0])
        at = queue(rng, start, len(today), of(strength, 11.0, 6.0, 3.0), 0.9)
        fields = prescribed(city, rng, desk, at) if chance(rng, 0.6) else {}
        handles = city.settle(
            rng,
            today,
            shop,
            at,
            total=bills(rng, len(today), 120, of(strength, 0.6, 0.4, 0.25)),
            item=mixed(rng, len(today), goods, of(strength, 0.5, 0.7, 0.85)),
            counter=rng.integers(0, 2, len(today)),
            **fields,
        )
        instance.settled(handles)
    own_purchases(city, rng, cards, shop, span, 1.0)
    customers(city, rng, shop, days, 4.0)
