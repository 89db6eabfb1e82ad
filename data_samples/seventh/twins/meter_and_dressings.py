"""Families buy meters, dressings and a wheelchair from the account.

Lawful because devices and consumables of a designated pharmacy may be paid from it.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import busy_days, hours
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Once for a device, several times for what is used up."""
    shop = host(city, rng)
    buyers = people(city, rng, int(between_any(rng, 4, 20)), shop, account=True, age=(40, 90))
    instance = about(city, city.instance("prohibited_account_use", lookalike=True), shop)
    for kind, low, high in (("device", 180, 900), ("consumable", 30, 150)):
        times = 1 if kind == "device" else 3
        who = np.repeat(buyers, times)
        days = busy_days(rng, stretch(city, rng, 300, since_reform(city)), len(who))
        instance.settled(
            city.settle(
                rng,
                rng.permutation(who),
                shop,
                hours(rng, days, "shop"),
                total=bills(rng, len(who), low, high),
                item_kind=kind,
                lines=1,
                doctor=-1,
                certain=False,
            )
        )
