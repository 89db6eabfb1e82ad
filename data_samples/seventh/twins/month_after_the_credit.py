"""Retired couples buy their tablets as soon as the month's money is on the account.

Lawful because the tablets and packs stay the same, last for the month, and leave a rest on the account.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import between_any, price_list
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.goods import drugs


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Within days of the credit, at the shop of the neighborhood."""
    shop = host(city, rng)
    couple = people(city, rng, int(between_any(rng, 2, 8)), shop, account=True, age=(58, 92))
    item, price = drugs(rng, len(couple)), price_list(rng, 40, 130)
    instance = about(city, city.instance("account_cash_out", lookalike=True), shop).member("person", couple)
    starts = city.period.month_starts
    for person, drug in zip(couple.tolist(), item.tolist(), strict=True):
        here = rng.random(len(starts)) < 0.9
        here[0] = True
        days = starts[here] + city.credit_day - 1 + int(rng.integers(1, 4))
        instance.settled(
            city.settle(
                rng,
                person,
                shop,
                hours(rng, days, "shop"),
                total=int(rng.choice(price)),
                item=drug,
                packs=2,
                lines=1,
                supply=30,
                certain=False,
            )
        )
