"""Villagers come to town on market days, and many of them to the same shop in the same two hours.

Lawful because others come each time, and each buys something else for another sum.
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
    """Every fifth or tenth day in the morning."""
    shop = host(city, rng)
    span = stretch(city, rng, int(any_of(rng, 50, 260)))
    days = every_day(span)[:: int(rng.choice([5, 5, 10]))]
    count = np.clip(np.round(any_of(rng, 4, 14) * rng.gamma(4.0, 0.25, len(days))), 2, 40).astype(np.int64)
    when = np.repeat(days, count)
    instance = about(city, city.instance("card_concentration", lookalike=True), shop)
    instance.settled(
        city.settle(
            rng,
            rng.choice(passers_by(city, rng, 4 * int(count.max()), shop), len(when)),
            shop,
            between(rng, when, 8.2, 11.0),
            total=amounts(rng, len(when), 30, 130),
            certain=False,
        )
    )
