"""A family empties the account of a parent who has died, with the card at first, later through its binding.

Kind of case: balances belong to the estate and have to be claimed; heirs go on as if nothing had happened.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.people import unseen_relatives
from data_samples.fourth.rhythm import bursts
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby
from data_samples.third.dice import chance
from data_samples.third.pace import since_reform, usual

FIRST = True


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some bought for the sick parent before, too; nothing is dear, and the shop knows the family."""
    pair = unseen_relatives(city, rng)
    if pair is None:
        return
    owner, heir, relation = pair
    period = city.period
    first = since_reform(city)
    late = max(8, min(number(rng, strength, 12, 240), (period.last_day - first) // 2))
    died = int(rng.integers(first + 4, period.last_day - late + 1))
    city.set_opening(owner, int(sums(rng, 1, 1_500, 9_000, 50_000)[0]))
    city.die(owner, died, enrolment_ends=chance(rng, 0.6))
    city.authorize(owner, heir, relation, (first + 1) * DAY + int(rng.integers(0, 2 * DAY)))
    shop = nearby(city, rng, heir)
    instance = city.instance("ineligible_settlement", strength=strength)
    instance.subject("payer_account", owner).member("person", heir)
    before = usual(city, rng, bursts(rng, (first + 3, died), int(rng.integers(1, 6))))
    city.settle(rng, heir, shop, before, purse="relative", payer=owner, certain=False)
    days = bursts(rng, (died + 1, min(died + late, period.last_day)), number(rng, strength, 3, 24))
    bound = rng.random(len(days)) < portion(rng, strength, 0.3, 0.7)
    bound[0] = False
    for who, rows in ((owner, ~bound), (heir, bound)):
        at = usual(city, rng, days[rows])
        if len(at):
            purse: dict[str, Any] = {"purse": "relative", "payer": owner} if who == heir else {}
            total = sums(rng, len(at), 70, 420, 4_000)
            instance.settled(city.settle(rng, who, shop, at, total=total, **purse))
