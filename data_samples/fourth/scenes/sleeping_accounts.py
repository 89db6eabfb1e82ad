"""A pharmacy's owner buys the cards of people who never go to a doctor, and empties them one after the other.

Kind of case: cards of migrant workers, prisoners and young employees, bought through a broker with their codes.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, sums, wide
from data_samples.fourth.people import quiet_owners
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import every_day, usual


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each account is emptied in parts within weeks; accounts follow each other as the broker delivers them."""
    shop = suspect(city, rng)
    owners = quiet_owners(city, rng, number(rng, strength, 4, 30), age=(20, 70))
    span = phase(city, rng, strength, 40, 300)
    starts = np.sort(bursts(rng, span, len(owners)))
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("provider", shop).member("payer_account", owners)
    favored = drugs(rng, int(rng.integers(3, 9)))
    for owner, start in zip(owners.tolist(), starts.tolist(), strict=True):
        parts = 1 + int(rng.geometric(0.3))
        city.set_opening(owner, int(sums(rng, 1, 1_500, 7_000, 40_000)[0]))
        last = min(start + round(wide(rng, 3, 60)), city.period.last_day)
        at = usual(city, rng, rng.integers(start, last + 1, parts))
        share = rng.dirichlet(np.full(parts, 3.0)) * wide(rng, 0.5, 0.98)
        total = np.maximum(share * city.people.opening[owner], 3_000).astype(np.int64)
        item = mixed(rng, parts, favored, 0.7)
        instance.settled(city.settle(rng, owner, shop, at, total=total, item=item, credential=0))
    customers(city, rng, shop, every_day(span)[::2], 3.0)
