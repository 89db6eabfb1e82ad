"""A sale is undone at one branch and made the next day at another, which has the same owner: the line was down."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import closest, host, passers_by
from data_samples.third.dice import bills, normal, pareto
from data_samples.third.goods import drugs
from data_samples.third.pace import between, outings, since_scans, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The box goes with the customer, so its code is seen at two shops; only the second sale stands."""
    shop = host(city, rng)
    owners = city.places.owner
    branches = np.flatnonzero((owners == owners[shop]) & (city.places.kind == 0) & ~city.provider_taken)
    branch = int(branches[0]) if len(branches) else int(closest(city, shop, "pharmacy")[0])
    instance = city.instance("trace_code_origin_conflict", lookalike=True).subject("group")
    span = stretch(city, rng, normal(rng, 120, 0.35, 40, 240), since_scans(city))
    count = pareto(rng, 4, 1.8, 20)
    for drug, day in zip(drugs(rng, count), outings(rng, span, count).tolist(), strict=False):
        customer = passers_by(city, rng, 1, shop)
        given: dict[str, Any] = {"item": int(drug), "packs": 1, "total": bills(rng, 1, 85, 0.4)}
        at = between(rng, day, 9, 18)
        sold = city.settle(rng, customer, shop, at, **given)
        city.reverse(sold, at + 10 * MINUTE)
        again = city.settle(rng, customer, branch, at + DAY + rng.integers(40, 90) * MINUTE, **given)
        city.sell_again(again, sold)
        instance.settled(sold).settled(again)
