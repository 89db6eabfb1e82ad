"""A shop with a corner for fitness and health goods, paid from accounts; between drugs, at drug prices."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers, own_purchases
from data_samples.third.dice import bills, geometric, normal, of, pareto
from data_samples.third.pace import outings, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """More before holidays and in the days after the credit, never many on a day."""
    shop = suspect(city, rng)
    span = stretch(city, rng, normal(rng, of(strength, 80, 150, 240), 0.3, 40, 400))
    guests = neighbors(city, rng, pareto(rng, of(strength, 4, 8, 16), 1.8, 45), shop, account=True)
    instance = city.instance("prohibited_account_use", strength=strength).subject("provider", shop)
    for guest in guests.tolist():
        days = outings(rng, span, geometric(rng, of(strength, 1.5, 2.5, 4.0), 1, 15))
        handles = city.settle(
            rng,
            guest,
            shop,
            usual(city, rng, days),
            total=bills(rng, len(days), of(strength, 85, 130, 210), 0.6),
            item_kind="wellness",
            lines=1,
        )
        instance.settled(handles)
    own_purchases(city, rng, guests, shop, span, 2.0)
    customers(city, rng, shop, outings(rng, span, 20), 2.5)
