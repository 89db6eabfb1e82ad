"""An order booked at one branch of a chain is taken back there, and booked where the customer collects it.

Lawful because the first booking was undone, and the same customer takes the box.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import hours, minutes_after
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import closest, host, passers_by
from data_samples.third.goods import drugs
from data_samples.third.pace import since_scans


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A day or two between both."""
    start = since_scans(city)
    first_shop = host(city, rng)
    other = int(closest(city, first_shop, "pharmacy")[0])
    count = int(rng.integers(1, 5))
    clients = rng.choice(passers_by(city, rng, 6 * count, first_shop), count)
    days = np.sort(rng.integers(start, city.period.last_day - 4, count))
    item, price = drugs(rng, count), bills(rng, count, 60, 220)
    at = hours(rng, days, "shop")
    booked = city.settle(
        rng, clients, first_shop, at, total=price, item=item, packs=1, lines=1, purse="cash", doctor=-1
    )
    city.reverse(booked, minutes_after(rng, at, 30, 100))
    collected = city.settle(
        rng,
        clients,
        other,
        hours(rng, days + rng.integers(1, 3, count), "shop"),
        total=price,
        item=item,
        packs=1,
        lines=1,
        certain=False,
    )
    city.sell_again(collected, booked)
    instance = city.instance("trace_code_origin_conflict", lookalike=True).subject("group")
    instance.settled(booked).settled(collected)
