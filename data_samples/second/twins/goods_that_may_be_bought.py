"""Looks like D28: goods that are no drugs, and nothing wrong with it.

Blood pressure monitors and test strips may be paid from the account; supplements are paid in cash at the same shop,
on the same receipt book.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.second.casting import by_day, lone, near, some_days, window
from data_samples.second.draws import amounts, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one owner; the two ways take turns."""
    for number in range(how_many(instances, 30)):
        owner = lone(city, rng, age=(30, 92))
        shop = near(city, rng, owner, "pharmacy")
        days = some_days(rng, window(city, rng, 250), heavy(rng, 1, 14))
        total = amounts(rng, len(days), float(rng.uniform(50, 320)), 0.6)
        permitted = number % 2 == 0
        handles = city.settle(
            rng,
            owner,
            shop,
            by_day(city, rng, days),
            total=total,
            item_kind=str(rng.choice(["device", "consumable"])) if permitted else "wellness",
            purse="account" if permitted else "cash",
            lines=1,
            in_scope=True,
            outside=total,
            doctor=-1,
            certain=False,
        )
        city.instance("prohibited_account_use", lookalike=True).subject("person", owner).settled(handles)
