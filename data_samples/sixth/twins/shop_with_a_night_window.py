"""A shop sells through its window until midnight.

Lawful because customers are different people, come minutes apart, and buy what is needed at night.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, every_day, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A few every night."""
    shop = host(city, rng)
    nights = every_day(stretch(city, rng, int(any_of(rng, 20, 90))))
    count = rng.poisson(any_of(rng, 0.6, 3.0), len(nights))
    days = np.repeat(nights, count)
    if len(days) == 0:
        days = nights[:1]
    instance = about(city, city.instance("capacity_anomaly", lookalike=True), shop)
    instance.settled(
        city.settle(
            rng,
            rng.choice(passers_by(city, rng, 3 * len(days), shop), len(days)),
            shop,
            between(rng, days, 21.5, 23.9),
            total=amounts(rng, len(days), 20, 70),
            certain=False,
        )
    )
