"""A person for whom several owners without a recorded relation pay from their accounts."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.scenes import DAY, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one collector and the owners; the authorizations are valid and not verified."""
    for strength in city.strengths(rng, instances):
        ranges = city.ranges("collector_account", strength)
        count = 1 + ranges.people(rng, "owners")
        collector, *owners = city.pick_people(rng, count, account=True, age=(25, 85)).tolist()
        places = city.pick_providers(rng, "pharmacy", 2)
        instance = city.instance("collector_account", strength=strength).subject("person", collector)
        instance.member("payer_account", owners)
        spread = ranges.count(rng, "spread", city.period.days - 4)
        first = int(rng.integers(city.period.first_day + 1, city.period.last_day - spread))
        for owner in owners:
            day = first + int(rng.integers(0, spread // 3 + 1))
            relation = str(rng.choice(["child", "parent"]))
            city.authorize(owner, collector, relation, day * DAY + second(9), verified=False)
            often = ranges.count(rng, "payments")
            at = rng.integers(day + 1, first + spread + 1, often) * DAY
            at += rng.integers(second(8.5), second(20), often)
            paid: dict[str, Any] = {
                "purse": "relative",
                "payer": owner,
                "total": ranges.fen(rng, "price", often),
            }
            instance.settled(city.settle(rng, collector, rng.choice(places, often), at, **paid))
