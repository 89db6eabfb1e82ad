"""A pharmacy gives cash for account money, a little less than it books; the shelf loses nothing.

Kind of case: personal accounts cashed at a discount of 10 to 20 %, covered by dear goods that are in the shop's books.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import herbs
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers, own_purchases
from data_samples.third.dice import rounded
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import every_day, usual


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Sums differ, owners come back when there is money again, some weeks after the credit; they are customers, too."""
    shop = suspect(city, rng)
    owners = neighbors(city, rng, number(rng, strength, 7, 70), shop, account=True)
    span = phase(city, rng, strength, 60, 420)
    favored = np.r_[herbs(rng, 3), drugs(rng, 3, watched=True), drugs(rng, 2)]
    counter = int(rng.integers(city.places.counters[shop]))
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("provider", shop).member("payer_account", owners)
    others = int(rng.integers(city.places.counters[shop]))
    patience = wide(rng, 2.0, 25.0)
    who = np.repeat(owners, rng.geometric(1 / max(1.2, wide(rng, 1.5, 7.0)), len(owners)))
    day = rng.integers(span[0], span[1] + 1, len(who))
    credited = np.searchsorted(city.period.month_starts, day, side="right") - 1
    near = (
        city.period.month_starts[credited]
        + city.credit_day
        - 1
        + rng.exponential(patience, len(who)).astype(np.int64)
    )
    day = np.clip(
        np.where(rng.random(len(who)) < portion(rng, strength, 0.2, 0.8), near, day), span[0], span[1]
    )
    total = rounded(rng, sums(rng, len(who), 170, 1_100, 6_000), portion(rng, strength, 0.1, 0.7))
    instance.settled(
        city.settle(
            rng,
            who,
            shop,
            usual(city, rng, day),
            total=total,
            item=mixed(rng, len(who), favored, portion(rng, strength, 0.4, 0.9)),
            counter=np.where(rng.random(len(who)) < portion(rng, strength, 0.4, 0.95), counter, others),
            in_scope=rng.random() < 0.5,
        )
    )
    own_purchases(city, rng, owners, shop, span, 1.5)
    customers(city, rng, shop, every_day(span)[::2], 3.0)
