"""A pharmacist keeps customers' cards in a drawer and enters tonics as common drugs.

Kind of case: antler and ginseng written as antibiotics and drugs against diabetes, five times within a month.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds, season
from data_samples.sixth.sizes import amounts, favored, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import owners, suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs
from data_samples.third.pace import every_day


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same few drugs for people who never take them, by one operator, with the card of plastic."""
    shop = suspect(city, rng)
    cards = owners(city, rng, whole(rng, strength, 2, 22))
    span = season(city, rng, strength, 25, 220)
    covers = drugs(rng, int(rng.integers(2, 6)))
    turn, days = rounds(rng, len(cards), span, rarer(rng, strength, 6, 34))
    instance = city.instance("substitution", strength=strength)
    instance.subject("provider", shop).member("person", cards)
    instance.settled(
        city.settle(
            rng,
            cards[turn],
            shop,
            at_desk(rng, days, 0.35),
            total=amounts(rng, len(turn), 130, 650),
            item=favored(rng, covers, len(turn)),
            packs=rng.integers(3, 12, len(turn)),
            lines=1,
            counter=1,
            credential=2,
        )
    )
    customers(city, rng, shop, every_day(span)[:: int(rng.integers(1, 4))], 5.0)
