"""A help desk for telephones binds old people's accounts to its helpers, who empty them in shops of the city.

Kind of case: agents who take the telephone of somebody old "to set it up", and leave with a child in the family list.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business, when_open
from data_samples.fourth.extent import number, sums, uneven, wide
from data_samples.fourth.people import quiet_owners
from data_samples.fourth.rhythm import after
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import several, spare
from data_samples.third.dice import chance, split
from data_samples.third.pace import between, since_reform


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The owners know nothing and go on living; a helper is bound to several of them, one after the other."""
    helpers = city.pick_people(rng, spare(city, number(rng, strength, 1, 6)), age=(19, 46))
    owners = quiet_owners(city, rng, number(rng, strength, 2, 16), age=(66, 100))
    shops = several(city, rng, int(rng.integers(2, 8)), "pharmacy")
    days = business(city, rng, strength, (15, 240), len(owners), since_reform(city) + 1)
    whose = uneven(rng, helpers, len(owners))
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("person", np.unique(whose))
    for owner, helper, day in zip(owners.tolist(), whose.tolist(), days.tolist(), strict=True):
        bound = int(between(rng, day, 9.0, 18.0)[0])
        ends = bound + round(wide(rng, 2, 90)) * DAY if chance(rng, 0.5) else -1
        city.authorize(owner, helper, "child", bound, ends, verified=chance(rng, 0.7))
        times = 1 + int(rng.poisson(wide(rng, 0.4, 5.0)))
        balance = max(int(sums(rng, 1, 500, 9_000, 40_000)[0]), 1_000 * times)
        city.set_opening(owner, int(balance * rng.uniform(1.0, 1.4)))
        at = when_open(city, rng, after(rng, np.full(times, bound), 4, 60 * wide(rng, 8, 1_000)))
        at = np.sort(np.minimum(at, ends - 60) if ends > 0 else at)
        shop = rng.choice(shops, times)
        total = split(rng, balance, times, wide(rng, 0.8, 8.0))
        instance.settled(city.settle(rng, helper, shop, at, total=total, purse="relative", payer=owner))
