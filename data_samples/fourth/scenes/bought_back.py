"""A pharmacy buys boxes back from patients and sells them again, with the codes that were scanned at the first sale.

Kind of case: returned medicines; the same code is settled in a hospital, and months later across the town.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import number, sums, uneven, wide
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, passers_by, several, suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans, usual


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A few suppliers, many places of first sale; boxes wait from days to months, and buyers know nothing of it."""
    shop = suspect(city, rng)
    suppliers = owners(city, rng, number(rng, strength, 2, 12), age=(45, 90))
    kinds = ("primary_care", "clinic", "pharmacy")
    places = several(city, rng, number(rng, strength, 2, 9), *kinds)
    places = places[places != shop] if (places != shop).any() else places
    span = phase(city, rng, strength, 40, 200, since_scans(city))
    first = usual(city, rng, bursts(rng, span, number(rng, strength, 4, 60)))
    item = rng.choice(drugs(rng, int(rng.integers(2, 7)), watched=rng.random() < 0.7), len(first))
    packs = rng.integers(1, 5, len(first))
    alike: dict[str, Any] = {"item": item, "packs": packs, "lines": 1}
    total = sums(rng, len(first), 110, 420, 2_500)
    who = uneven(rng, suppliers, len(first), 1.5)
    sources = buy_or_visit(
        city, rng, who, uneven(rng, places, len(first)), first, total=total, certain=False, **alike
    )
    wait = np.exp(rng.uniform(np.log(3), np.log(wide(rng, 20, 120)), len(first))).astype(np.int64)
    day = np.minimum(first // 86_400 + wait, city.period.last_day)
    fresh = day > first // 86_400
    buyers = rng.choice(passers_by(city, rng, 2 * len(first), shop), len(first))
    again = city.settle(
        rng,
        buyers[fresh],
        shop,
        usual(city, rng, day[fresh]),
        total=(total[fresh] * rng.uniform(0.9, 1.15, int(fresh.sum()))).astype(np.int64),
        certain=False,
        item=item[fresh],
        packs=packs[fresh],
        lines=1,
    )
    city.sell_again(again, sources[fresh])
    instance = city.instance("duplicate_trace_code", strength=strength).subject("provider", shop)
    instance.member("person", suppliers).settled(sources[fresh]).settled(again)
    customers(city, rng, shop, np.unique(day), 3.0)
