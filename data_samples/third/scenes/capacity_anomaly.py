"""More sales than anybody has seen customers: stacks of cards go through the reader, seconds or minutes apart.

The trade press: 196 card transactions a day and fewer than thirty visitors.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, normal, of, pareto, paretos
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between, outings, queue, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some afternoons in a season, of very different length; the other days are like any shop's."""
    shop = suspect(city, rng, str(rng.choice(["pharmacy", "pharmacy", "clinic"])))
    care = "pharmacy" if city.places.kind[shop] == 0 else "outpatient"
    span = stretch(city, rng, normal(rng, of(strength, 60, 100, 150), 0.3, 25, 300))
    days = outings(rng, span, pareto(rng, of(strength, 4, 6, 9), 2.2, 20))
    most = max(15, city.people.insured // 80)
    sizes = np.minimum(paretos(rng, len(days), of(strength, 16, 26, 42), 2.5, 200), most)
    goods = drugs(rng, 6)
    instance = city.instance("capacity_anomaly", strength=strength).subject("provider", shop)
    for day, size in zip(days.tolist(), sizes.tolist(), strict=True):
        cards = passers_by(city, rng, size, shop)
        pace = of(strength, 3.0, 1.2, 0.35)
        at = queue(rng, int(between(rng, day, 8.5, 17.0)[0]), len(cards), pace, 0.8)
        handles = city.settle(
            rng,
            cards,
            shop,
            at,
            care=care,
            total=bills(rng, len(cards), 90, 0.5),
            item=mixed(rng, len(cards), goods, 0.6),
            certain=False,
        )
        instance.settled(handles)
    customers(city, rng, shop, outings(rng, span, 20), 2.5)
