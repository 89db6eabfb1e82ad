"""A pharmacy through which the easily resold drugs of the district flow, without prescriptions and in large boxes."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, normal, of, paretos, thinned
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import every_day, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Many buyers, each a few times; more in some weeks than in others."""
    shop = suspect(city, rng)
    span = stretch(city, rng, normal(rng, of(strength, 80, 130, 200), 0.3, 40, 360))
    days = thinned(rng, every_day(span), of(strength, 0.25, 0.4, 0.6), 4)
    when = np.repeat(days, paretos(rng, len(days), of(strength, 1.0, 1.6, 2.6), 2.0, 20))
    when = when if len(when) else days
    guests = rng.choice(passers_by(city, rng, max(4, len(when) // 2), shop), len(when))
    goods = drugs(rng, 5, watched=True)
    items = mixed(rng, len(when), goods, of(strength, 0.45, 0.65, 0.85))
    packs = 1 + rng.geometric(0.4, len(when))
    handles = city.settle(
        rng,
        guests,
        shop,
        usual(city, rng, when),
        total=packs * bills(rng, len(when), 95, 0.3),
        item=items,
        packs=packs,
        certain=False,
    )
    watched = handles[np.isin(items, goods)]
    city.instance("high_risk_drug_watch", strength=strength).subject("provider", shop).settled(watched)
    customers(city, rng, shop, days, 2.0)
