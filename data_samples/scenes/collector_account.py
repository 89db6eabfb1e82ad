"""A person for whom 6 to 12 owners without a recorded relation pay from their accounts."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one collector and the owners; the authorizations are valid and not verified."""
    for _ in range(instances):
        collector, *owners = city.pick_people(
            rng, int(rng.integers(7, 14)), account=True, age=(25, 85)
        ).tolist()
        places = city.pick_providers(rng, "pharmacy", 2)
        instance = city.instance("collector_account").subject("person", collector)
        instance.member("payer_account", owners)
        first = int(rng.integers(city.period.first_day + 1, city.period.last_day - 85))
        for owner in owners:
            day = first + int(rng.integers(0, 25))
            city.authorize(
                owner, collector, str(rng.choice(["child", "parent"])), day * DAY + second(9), verified=False
            )
            often = int(rng.integers(2, 6))
            at = rng.integers(day + 1, day + 56, often) * DAY + rng.integers(second(8.5), second(20), often)
            total = rng.integers(8_000, 28_000, often)
            instance.settled(
                city.settle(
                    rng, collector, rng.choice(places, often), at, purse="relative", payer=owner, total=total
                )
            )
