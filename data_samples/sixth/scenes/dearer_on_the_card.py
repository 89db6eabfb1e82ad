"""A shop has two prices: customers with a card pay more than those with cash.

Kind of case: insured prices above the shop's own price for everybody else.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, any_of, part, whole
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.goods import drugs


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same items, sold to both kinds of customers in the same weeks."""
    shop = suspect(city, rng)
    span = season(city, rng, strength, 50, 420)
    items = drugs(rng, int(rng.integers(3, 11)))
    price = amounts(rng, len(items), 18, 95)
    instance = city.instance("over_price", strength=strength).subject("provider", shop)
    for purse, count, factor in (
        ("account", whole(rng, strength, 20, 220), 1 + part(rng, strength, 0.15, 0.97)),
        ("cash", int(any_of(rng, 15, 120)), 1.0),
    ):
        days = flow(rng, span, count)
        which = rng.integers(0, len(items), count)
        packs = rng.choice([1, 1, 1, 2, 2, 3], count)
        handles = city.settle(
            rng,
            rng.choice(passers_by(city, rng, count, shop), count),
            shop,
            at_desk(rng, days, 0.4),
            total=np.round(price[which] * factor * rng.uniform(0.98, 1.02, count)).astype(np.int64) * packs,
            item=items[which],
            packs=packs,
            lines=1,
            purse=purse,
        )
        if purse == "account":
            instance.settled(handles)
