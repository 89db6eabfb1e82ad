"""A shop swipes a dear drug on the same cards, takes it back minutes later, and swipes it again.

Kind of case: one drug that went fourteen times through a card in two months.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, whole
from data_samples.third.acts import scene
from data_samples.third.cast import closest, owners
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, prescribed
from data_samples.third.pace import every_day


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The last of a card's swipes stands; the others are undone after some minutes."""
    shop, first = pooled_shop(city, rng)
    cards = owners(city, rng, whole(rng, strength, 1, 8))
    item, price = drugs(rng, 1, watched=True), amounts(rng, len(cards), 350, 2_200)
    desk = closest(city, shop, "clinic")
    instance = city.instance("refund_resettle_loop", strength=strength)
    instance.subject("provider", shop).member("person", cards)
    for card, fen in zip(cards.tolist(), price.tolist(), strict=True):
        span = season(city, rng, strength, 12, 75, first)
        days = flow(rng, span, whole(rng, strength, 3, 18))
        at = np.sort(at_desk(rng, days, 0.5)) + 3_000 * np.arange(len(days)) // len(days)
        at = np.maximum.accumulate(at - 2_400 * np.arange(len(at))) + 2_400 * np.arange(len(at))
        handles = city.settle(
            rng,
            card,
            shop,
            at,
            total=fen,
            item=int(item[0]),
            lines=1,
            packs=1,
            **prescribed(city, rng, desk, at),
        )
        city.reverse(handles[:-1], at[:-1] + rng.integers(3 * MINUTE, 19 * MINUTE, len(at) - 1))
        instance.settled(handles)
    customers(city, rng, shop, every_day(season(city, rng, 2, 60, 200, first))[::3], 3.0)
