"""D10: within two days of the credit, others spend all of it at one pharmacy, month after month."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account and the two or three people who empty it."""
    for _ in range(instances):
        owner, *users = city.pick_people(rng, int(rng.integers(3, 5)), account=True, age=(25, 85)).tolist()
        place = int(city.pick_providers(rng, "pharmacy")[0])
        for user in users:
            early = (city.period.first_day + 1) * DAY + second(10)
            city.authorise(owner, user, str(rng.choice(["child", "parent"])), early, verified=False)
        city.set_opening(owner, int(rng.integers(0, 3_000)))
        found = city.instance("account_cash_out").subject("payer_account", owner).member("person", users)
        months = min(city.period.months, int(rng.integers(5, 13)))
        start = int(rng.integers(0, city.period.months - months + 1))
        for day, credit in city.credits(owner)[start : start + months].tolist():
            there = rng.permutation(users)[: int(rng.integers(1, len(users) + 1))]
            at = (day + rng.integers(0, 2, len(there))) * DAY + rng.integers(
                second(8), second(20), len(there)
            )
            share = np.full(len(there), credit // len(there))
            found.settled(
                city.settle(
                    rng,
                    there,
                    place,
                    at,
                    purse="relative",
                    payer=owner,
                    total=share,
                    in_scope=True,
                    counter=0,
                )
            )
