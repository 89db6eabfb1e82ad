"""Boxes that are brought back unopened: the first sale is undone, and the box is sold to the next customer."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills, normal, pareto
from data_samples.third.goods import drugs
from data_samples.third.pace import between, outings, since_scans, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A pharmacy that takes goods back for a week, and says so at its door."""
    shop = host(city, rng)
    span = stretch(city, rng, normal(rng, 160, 0.35, 53, 320), since_scans(city))
    instance = about(city, city.instance("duplicate_trace_code", lookalike=True), shop)
    count = pareto(rng, 5, 1.7, 30)
    days = outings(rng, (span[0], max(span[0], span[1] - 10)), count)
    for drug, day in zip(drugs(rng, count), days.tolist(), strict=False):
        first, later = passers_by(city, rng, 2, shop)[[0, -1]].tolist()
        price = bills(rng, 1, 70, 0.4)
        given: dict[str, Any] = {"item": int(drug), "packs": 1, "total": price}
        sold = city.settle(rng, first, shop, between(rng, day, 9, 17), **given)
        back = between(rng, day + int(rng.integers(0, 5)), 17.2, 19)
        city.reverse(sold, back)
        again = city.settle(rng, later, shop, back + rng.integers(DAY, 3 * DAY), **given)
        city.sell_again(again, sold)
        instance.settled(sold).settled(again)
