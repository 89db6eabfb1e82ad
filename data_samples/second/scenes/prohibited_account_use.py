"""D28: food supplements, kitchen goods and gifts are paid from accounts.

A shop offers them to everybody, by the season or all the year; or one owner spends the account on them. Mild
instances are a few among ordinary purchases.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.second.casting import by_day, lone, near, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """Two of three instances are one owner, the other a shop."""
    for number, strength in enumerate(strengths(rng, instances, 30)):
        instance = city.instance("prohibited_account_use", strength=strength)
        if number % 3 == 1:
            shop = int(city.pick_providers(rng, "pharmacy", subject=True)[0])
            buyers = ring(city, rng, heavy(rng, graded(strength, 5, 9, 15), 120))
            owner = np.repeat(buyers, heavies(rng, len(buyers), 1, graded(strength, 2.5, 4, 9)))
            instance.subject("provider", shop).member("person", buyers)
        else:
            buyer = lone(city, rng, age=(25, 88))
            shop = near(city, rng, buyer, "pharmacy")
            owner = np.full(heavy(rng, graded(strength, 1, 2, 4), graded(strength, 4, 7, 20)), buyer)
            instance.subject("person", buyer)
        days = some_days(rng, window(city, rng, graded(strength, 300, 150, 60)), len(owner))
        total = amounts(rng, len(owner), float(rng.uniform(60, graded(strength, 160, 300, 700))), 0.6)
        handles = city.settle(
            rng,
            owner,
            shop,
            by_day(city, rng, rng.choice(days, len(owner))),
            total=total,
            item_kind="wellness",
            lines=1,
            in_scope=True,
            outside=total,
            doctor=-1,
        )
        instance.settled(handles)
