"""A pharmacy that also sells what the account may pay: test strips, dressings, blood pressure meters."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import bills, geometric, normal, pareto
from data_samples.third.pace import outings, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Not drugs, often and for round sums; devices and consumables are allowed."""
    shop = host(city, rng)
    guests = neighbors(city, rng, pareto(rng, 8, 1.8, 40), shop, account=True, age=(35, 95))
    span = stretch(city, rng, normal(rng, 260, 0.35, 86, 520))
    instance = about(city, city.instance("prohibited_account_use", lookalike=True), shop)
    for guest in guests.tolist():
        days = outings(rng, span, geometric(rng, 3.0, 1, 15))
        kind = str(rng.choice(["device", "consumable", "consumable"]))
        handles = city.settle(
            rng,
            guest,
            shop,
            usual(city, rng, days),
            total=(bills(rng, len(days), 120, 0.7) + 500) // 1000 * 1000 + 100,
            item_kind=kind,
            lines=1,
        )
        instance.settled(handles)
