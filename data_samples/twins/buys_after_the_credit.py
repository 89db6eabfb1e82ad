"""Looks like D10: chronic patients with little on the account buy their month's drugs as soon as it is credited.

Mostly for themselves; in every third instance for husband, wife or parent too, who is authorised.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.twins.payment import KIN
from data_samples.twins.policy import lawful_from

_TOGETHER_EACH = 3


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account whose balance the same drugs empty every month."""
    for number in range(instances):
        owner, patient, relation = _who(city, rng, number % _TOGETHER_EACH == 0)
        place = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[owner]))[0])
        city.set_opening(owner, int(rng.integers(0, 20_000)))
        found = city.instance("account_cash_out", lookalike=True).subject("payer_account", owner)
        found.member("person", np.unique([owner, patient]))
        if patient != owner:
            city.authorise(owner, patient, KIN[relation], lawful_from(city) * DAY + second(10))
        every = city.credits(owner)
        every = every[every[:, 0] >= lawful_from(city)]
        kept = rng.random(len(every)) < rng.uniform(0.6, 1)
        kept[-1] = True
        day, credit = every[kept].T
        wait = rng.choice([0, 0, 1, 1, 2, 3, 5], len(day))
        at = np.minimum(day + wait, city.period.last_day) * DAY + rng.integers(
            second(8), second(19), len(day)
        )
        basket: dict[str, Any] = {
            "item": int(rng.integers(1, 280)),
            "lines": int(rng.integers(1, 4)),
            "supply": 28,
        }
        # A stable price, of which the credit pays what it can.
        total = int(rng.integers(70, 130)) * int(credit[0]) // 100 + 10 * rng.integers(-40, 41, len(day))
        total = np.maximum(total, 1_000)
        his = rng.random(len(day)) < (0.5 if patient != owner else 0)
        for mine, person, purse, payer in ((his, patient, "relative", owner), (~his, owner, "account", -1)):
            if mine.any():
                found.settled(
                    city.settle(
                        rng,
                        person,
                        place,
                        at[mine],
                        total=total[mine],
                        purse=purse,
                        payer=payer,
                        certain=False,
                        **basket,
                    )
                )


def _who(city: Stage, rng: np.random.Generator, together: bool) -> tuple[int, int, int]:
    """Owner, patient and what the patient is to the owner (-1: the same person)."""
    if together:
        owner, patient, relation = city.pick_relatives(rng, 1, living_together=True)[0].tolist()
        return owner, patient, relation
    categories = ["retired", "flexible", "active"]
    owner = int(city.pick_people(rng, 1, account=True, categories=categories, age=(45, 92))[0])
    return owner, owner, -1
