"""An account that pays for several people without a recorded relation, mostly at one pharmacy.

The authorizations are valid, made a day or two before the first payment, and not verified.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.scenes import DAY, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account."""
    for strength in city.strengths(rng, instances):
        ranges = city.ranges("hub_account", strength)
        count = 1 + ranges.people(rng, "users")
        payer, *users = city.pick_people(rng, count, account=True, age=(25, 85)).tolist()
        place, other = city.pick_providers(rng, "pharmacy", 2).tolist()
        instance = city.instance("hub_account", strength=strength).subject("payer_account", payer)
        instance.member("person", users)
        spread = ranges.count(rng, "spread", city.period.days - 5)
        first = int(rng.integers(city.period.first_day + 1, city.period.last_day - spread - 1))
        same_place = ranges.share(rng, "same_place")
        for user in users:
            day = first + int(rng.integers(0, spread // 3 + 1))
            relation = str(rng.choice(["child", "parent"]))
            city.authorize(payer, user, relation, day * DAY + second(9), verified=False)
            often = ranges.count(rng, "payments")
            days = np.r_[day + 1, rng.integers(day + 1, first + spread + 1, often - 1)]
            at = days * DAY + rng.integers(second(9), second(20), often)
            where = np.where(rng.random(often) < same_place, place, other)
            paid: dict[str, Any] = {"purse": "relative", "payer": payer}
            total = ranges.fen(rng, "price", often)
            instance.settled(city.settle(rng, user, where, at, total=total, **paid))
