"""The shop of a block keeps the cards of its residents, and swipes them in a row when the month is new.

Kind of case: a pharmacy that gathers cards of the neighborhood and resells what it swipes.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow, in_line, season
from data_samples.sixth.sizes import amounts, any_of, favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import closest, neighbors
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, prescribed
from data_samples.third.pace import every_day


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same stack of cards, not always whole, with nearly the same drugs on each."""
    shop, first = pooled_shop(city, rng)
    stack = neighbors(city, rng, whole(rng, strength, 5, 60), shop)
    span = season(city, rng, strength, 20, 380, first)
    sittings = np.unique(flow(rng, span, whole(rng, strength, 2, 16)))
    items = drugs(rng, int(rng.integers(2, 7)), watched=True)
    desk = closest(city, shop, "primary_care")
    instance = city.instance("card_concentration", strength=strength)
    instance.subject("provider", shop)
    stacks = [rng.permutation(stack)[: max(3, round(len(stack) * rng.beta(4, 1.5)))] for _ in sittings]
    instance.member("person", np.unique(np.concatenate(stacks)))
    for day, cards in zip(sittings.tolist(), stacks, strict=True):
        at = in_line(rng, np.full(len(cards), day), (9.0, 19.5), any_of(rng, 0.6, 4))
        instance.settled(
            city.settle(
                rng,
                cards,
                shop,
                at,
                total=amounts(rng, len(cards), 110, 420),
                item=favored(rng, items, len(cards)),
                counter=int(rng.integers(2)),
                certain=False,
                **prescribed(city, rng, desk, at, doctor=0, minutes=(2, 40)),
            )
        )
    customers(city, rng, shop, every_day(span)[:: int(rng.integers(2, 5))], 4.0)
