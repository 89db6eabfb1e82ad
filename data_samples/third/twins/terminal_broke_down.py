"""A terminal that books wrong all morning: each customer's sale is undone and made again once, for the right sum."""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import bills, geometric, normal
from data_samples.third.pace import between, outings, queue, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Many people, one correction each, on a morning or two of the year."""
    shop = host(city, rng, str(rng.choice(["pharmacy", "clinic"])))
    care = "pharmacy" if city.places.kind[shop] == 0 else "outpatient"
    instance = about(city, city.instance("refund_resettle_loop", lookalike=True), shop)
    for day in outings(
        rng, stretch(city, rng, normal(rng, 200, 0.35, 66, 400)), geometric(rng, 1.6, 1, 4)
    ).tolist():
        guests = passers_by(city, rng, min(30, max(5, city.people.insured // 300)), shop)
        at = queue(rng, int(between(rng, day, 8.3, 9.5)[0]), len(guests), 6.0, 0.6)
        total = bills(rng, len(guests), 90, 0.5)
        item = rng.integers(1, 280, len(guests))
        wrong = city.settle(rng, guests, shop, at, care=care, total=10 * total, item=item)
        back = at + rng.integers(2, 12, len(guests)) * MINUTE
        city.reverse(wrong, back)
        right = city.settle(
            rng,
            guests,
            shop,
            back + rng.integers(1, 6, len(guests)) * MINUTE,
            care=care,
            total=total,
            item=item,
        )
        instance.settled(wrong).settled(right)
