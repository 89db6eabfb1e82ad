"""Drugs that come back: insured people sell their boxes to a collector, and a pharmacy sells them again.

Published: a chain sold 37 codes that had been settled elsewhere weeks before; collectors pay 40 to 50 % of the price.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, passers_by, several, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, chance, geometric, of, pareto, thinned
from data_samples.third.goods import drugs
from data_samples.third.pace import between, every_day, outings, since_scans, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Sellers have real prescriptions of several hospitals; their boxes turn up weeks later, a part of them."""
    shop = suspect(city, rng)
    sellers = owners(city, rng, pareto(rng, of(strength, 3, 5, 9), 1.8, 30), age=(45, 95))
    span = stretch(city, rng, of(strength, 90, 150, 240), since_scans(city))
    last = max(span[0], span[1] - 40)
    instance = city.instance("trace_code_origin_conflict", strength=strength).subject("provider", shop)
    goods = drugs(rng, 4, watched=True)
    resold_days = []
    for seller in sellers.tolist():
        days = outings(rng, (span[0], last), geometric(rng, of(strength, 2.0, 3.0, 5.0), most=14))
        places = several(city, rng, 3, "hospital", "primary_care")
        count, item = len(days), int(rng.choice(goods))
        packs = np.minimum(1 + rng.geometric(0.45, count), 6)
        bought = city.settle(
            rng,
            seller,
            rng.choice(places, count),
            usual(city, rng, days, "other"),
            care="outpatient",
            total=packs * bills(rng, count, 95, 0.15),
            item=item,
            packs=packs,
        )
        returned = np.flatnonzero(rng.random(count) < of(strength, 0.5, 0.65, 0.8))
        instance.settled(bought)
        if len(returned) == 0:
            continue
        lag = np.minimum(3 + rng.exponential(18, len(returned)), 120).astype(np.int64)
        later = np.minimum(days[returned] + lag, city.period.last_day)
        sold = city.settle(
            rng,
            rng.choice(passers_by(city, rng, 40, shop), len(returned)),
            shop,
            np.maximum(between(rng, later, 8.5, 20.5), (days[returned] + 1) * DAY - 1),
            total=packs[returned] * bills(rng, len(returned), 90, 0.2),
            item=item,
            packs=packs[returned],
        )
        city.sell_again(sold, bought[returned])
        instance.settled(sold)
        resold_days.append(later)
    instance.member("person", sellers)
    if chance(rng, 0.7):
        customers(city, rng, shop, thinned(rng, every_day(span), 0.35), 2.5)
