"""A delivery platform hands out vouchers: for some weeks many people of all districts buy at its partner shops."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import host, passers_by
from data_samples.third.pace import stretch, usual


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Small baskets, evenings included, once or twice for each customer."""
    span = stretch(city, rng, several_of(rng, 10, 60))
    for _ in range(int(rng.integers(1, 4))):
        shop = host(city, rng)
        days = bursts(rng, span, max(8, city.people.insured // 250))
        people = passers_by(city, rng, len(days), host(city, rng, "clinic"))
        at = usual(city, rng, days)
        city.settle(
            rng, rng.choice(people, len(at)), shop, at, total=sums(rng, len(at), 25, 90), certain=False
        )
