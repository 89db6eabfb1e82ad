"""Owners of small accounts buy their monthly medicine when the credit has come: there is nothing on it before."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import usual


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same drug for about the same money, at a shop that many choose; some months are left out."""
    shop = host(city, rng)
    owners = neighbors(
        city, rng, several_of(rng, 5, 45), shop, account=True, categories=("retired", "flexible")
    )
    instance = about(city, city.instance("account_cash_out", lookalike=True), shop)
    instance.member("payer_account", owners)
    for owner in owners.tolist():
        credited = city.credits(owner)
        credited = credited[rng.random(len(credited)) < rng.uniform(0.4, 0.95)]
        day = credited[:, 0] + rng.geometric(rng.uniform(0.15, 0.7), len(credited)) - 1
        day = day[(day >= city.period.first_day) & (day <= city.period.last_day)]
        if len(day):
            fen = np.maximum(sums(rng, 1, 40, 130)[0] * rng.normal(1, 0.05, len(day)), 500).astype(np.int64)
            at = np.maximum(usual(city, rng, day), day * DAY + 8 * 3_600)
            item = int(rng.integers(1, 280))
            instance.settled(city.settle(rng, owner, shop, at, total=fen, item=item, certain=False))
