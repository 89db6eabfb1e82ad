"""Who has a small pension waits for the credit, and then buys what the month needs: the account is empty every time."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import pareto
from data_samples.third.goods import drugs
from data_samples.third.pace import between, since_reform


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Old neighbors at the same shop in the days after the credit: each with the drug that is always his."""
    shop = host(city, rng)
    old = neighbors(city, rng, pareto(rng, 6, 1.9, 30), shop, categories=["retired"], age=(60, 97))
    goods = drugs(rng, len(old))
    months = [day for day in city.period.month_starts.tolist() if day >= since_reform(city)]
    instance = about(city, city.instance("account_cash_out", lookalike=True), shop)
    instance.member("payer_account", old)
    for number, person in enumerate(old.tolist()):
        city.set_opening(person, int(rng.integers(0, 3_000)))
        price = int(rng.integers(5_500, 11_000))
        kept = [start for start in months if rng.random() < 0.9]
        days = (
            np.array(kept, dtype=np.int64)
            + city.credit_day
            - 1
            + np.minimum(rng.geometric(0.4, len(kept)), 12)
        )
        days = days[days <= city.period.last_day]
        handles = city.settle(
            rng,
            person,
            shop,
            between(rng, days, 8.0, 18.0),
            total=price,
            item=int(goods[number]),
            packs=2,
            supply=30,
            lines=1,
            certain=False,
        )
        instance.settled(handles)
