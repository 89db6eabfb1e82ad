"""An account that pays for 8 to 15 people without a recorded relation, mostly at one pharmacy.

The authorizations are valid, made a day or two before the first payment, and not verified.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account."""
    for _ in range(instances):
        payer, *users = city.pick_people(rng, int(rng.integers(9, 17)), account=True, age=(25, 85)).tolist()
        place, other = city.pick_providers(rng, "pharmacy", 2).tolist()
        instance = city.instance("hub_account").subject("payer_account", payer).member("person", users)
        first = int(rng.integers(city.period.first_day + 1, city.period.last_day - 75))
        for user in users:
            day = first + int(rng.integers(0, 25))
            city.authorize(
                payer, user, str(rng.choice(["child", "parent"])), day * DAY + second(9), verified=False
            )
            often = int(rng.integers(2, 6))
            days = np.r_[day + 1, rng.integers(day + 2, day + 46, often - 1)]
            at = days * DAY + rng.integers(second(8.5), second(20), often)
            where = np.where(rng.random(often) < 0.85, place, other)
            instance.settled(
                city.settle(
                    rng,
                    user,
                    where,
                    at,
                    purse="relative",
                    payer=payer,
                    total=rng.integers(9_000, 30_000, often),
                )
            )
