"""Looks like D07: on a promotion day strangers crowd into a pharmacy and buy the same bargain.

Half of the days are registered; a few pharmacies have two a year, to which a few regulars come again.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 25


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one pharmacy."""
    for number in range(share(instances, _SHARE)):
        ranges = city.ranges("promotion_day")
        pharmacy = int(city.pick_providers(rng, "pharmacy")[0])
        district = int(city.places.district[pharmacy])
        instance = city.instance("card_concentration", lookalike=True).subject("provider", pharmacy)
        days = city.days(rng, int(rng.integers(1, 3))).tolist()
        regulars = city.pick_people(rng, ranges.people(rng, "regulars"), district=district, account=True)
        instance.member("person", regulars)
        price, item = int(ranges.fen(rng, "price", 1)[0]), int(rng.integers(1, 280))
        for day in days:
            size = ranges.people(rng, "customers") // len(days)
            new = city.pick_people(rng, size, district=district, unrelated=False)
            instance.member("person", new)
            there = rng.permutation(np.r_[regulars, new])
            length = ranges.count(rng, "minutes") * MINUTE
            at = day * DAY + second(rng.uniform(8.5, 15)) + np.sort(rng.integers(0, length, len(there)))
            total = price * rng.choice([1, 1, 1, 2], len(there)) + 100 * rng.integers(0, 40, len(there))
            handles = city.settle(rng, there, pharmacy, at, total=total, item=item, certain=False)
            instance.settled(handles)
            if number % 2 == 0:
                city.register("event", provider=pharmacy, first_day=day, last_day=day)
