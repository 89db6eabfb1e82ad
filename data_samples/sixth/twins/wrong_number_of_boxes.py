"""A cashier types ten boxes for one, takes the bill back, and enters it again.

Lawful because there is one correction for a purchase, and the second bill is right.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import between, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Customers of one shop, each once."""
    shop = host(city, rng)
    customers_of = neighbors(city, rng, int(any_of(rng, 3, 20)), shop)
    days = flow(rng, stretch(city, rng, int(any_of(rng, 30, 360))), len(customers_of))
    at, price = between(rng, days, 8.5, 20.0), amounts(rng, len(days), 15, 60, 200)
    item = (rng.random(len(days)) * 250).astype(np.int64)
    fields: dict[str, Any] = {"item": item, "lines": 1, "counter": 0}
    wrong = city.settle(rng, customers_of, shop, at, total=10 * price, packs=10, **fields)
    undone = at + rng.integers(90, 14 * MINUTE, len(at))
    city.reverse(wrong, undone)
    right = city.settle(
        rng,
        customers_of,
        shop,
        undone + rng.integers(40, 5 * MINUTE, len(at)),
        total=price,
        packs=1,
        **fields,
    )
    instance = about(city, city.instance("refund_resettle_loop", lookalike=True), shop)
    instance.settled(wrong).settled(right)
