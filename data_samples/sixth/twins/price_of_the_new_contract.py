"""A drug becomes dearer on a day, for customers with a card and with cash alike.

Lawful because the price of a day is the same for everybody.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One shop, a few items, one new price for each."""
    shop = host(city, rng)
    items = drugs(rng, int(rng.integers(2, 6)))
    old = amounts(rng, len(items), 18, 80)
    new = np.round(old * rng.uniform(1.15, 1.6, len(items))).astype(np.int64)
    span = stretch(city, rng, int(any_of(rng, 80, 360)))
    changed = int(rng.integers(span[0], span[1] + 1))
    instance = about(city, city.instance("over_price", lookalike=True), shop)
    for purse in ("account", "cash"):
        days = flow(rng, span, int(any_of(rng, 20, 60)))
        which, packs = rng.integers(0, len(items), len(days)), rng.integers(1, 4, len(days))
        instance.settled(
            city.settle(
                rng,
                rng.choice(passers_by(city, rng, len(days), shop), len(days)),
                shop,
                at_desk(rng, days, 0.4),
                total=np.where(days < changed, old[which], new[which]) * packs,
                item=items[which],
                packs=packs,
                lines=1,
                purse=purse,
                certain=False,
            )
        )
