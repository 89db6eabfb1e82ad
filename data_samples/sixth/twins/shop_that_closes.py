"""A shop gives up, sells its stock at a discount, and its agreement ends.

Lawful because everything was sold while the agreement ran, to customers who had come for years.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, neighbors, unvisited

FIRST = True


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Ordinary days before; in the last two weeks more and larger baskets."""
    shop = unvisited(city, rng, "pharmacy")
    if shop is None:
        return
    first, last = city.period.first_day, city.period.last_day
    closes = int(rng.integers(first + 40, last - 5))
    city.suspend_provider(shop, closes + 1, ends=True)
    regulars = neighbors(city, rng, int(any_of(rng, 5, 30)), shop, account=True)
    before = rng.integers(first, closes - 14, 3 * len(regulars))
    city.settle(rng, rng.choice(regulars, len(before)), shop, at_desk(rng, before, 0.4), certain=False)
    days = closes - np.minimum(rng.exponential(5.0, 2 * len(regulars)), 13).astype(np.int64)
    instance = about(city, city.instance("account_cash_out", lookalike=True), shop)
    instance.settled(
        city.settle(
            rng,
            rng.choice(regulars, len(days)),
            shop,
            at_desk(rng, days, 0.4),
            total=amounts(rng, len(days), 110, 320),
            certain=False,
        )
    )
