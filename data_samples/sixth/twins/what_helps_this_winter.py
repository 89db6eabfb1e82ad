"""In three weeks of a wave of flu nearly everybody buys the same two drugs at a shop.

Lawful because the wave is in the whole town, and each customer buys once or twice.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow
from data_samples.sixth.sizes import amounts, any_of, favored
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Small bills, many customers, then it is over."""
    shop = host(city, rng)
    days = flow(rng, stretch(city, rng, int(rng.integers(15, 30))), int(any_of(rng, 25, 110)))
    instance = about(city, city.instance("substitution", lookalike=True), shop)
    instance.settled(
        city.settle(
            rng,
            rng.choice(passers_by(city, rng, len(days), shop), len(days)),
            shop,
            at_desk(rng, days, 0.4),
            total=amounts(rng, len(days), 25, 60, 200),
            item=favored(rng, drugs(rng, 2), len(days)),
            packs=rng.integers(1, 3, len(days)),
            lines=1,
            certain=False,
        )
    )
