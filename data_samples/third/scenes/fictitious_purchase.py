"""Sales that never were: after closing time, or with prescriptions that are written afterwards.

Campaigns of 2025: forged prescriptions and empty swiping.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, pooled_pharmacy
from data_samples.third.cover import customers
from data_samples.third.dice import bills, normal, of, pareto
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between, outings, since_reform, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some nights only; the doctor catches up the next morning, for most of them."""
    first = since_reform(city)
    shop = pooled_pharmacy(city, rng, first)
    cards = neighbors(city, rng, pareto(rng, of(strength, 6, 10, 16), 1.8, 40), shop, account=True)
    span = stretch(city, rng, normal(rng, of(strength, 60, 110, 170), 0.3, 30, 300), first)
    nights = outings(rng, span, pareto(rng, of(strength, 5, 10, 18), 1.8, 70))
    when = np.repeat(nights, rng.geometric(of(strength, 0.6, 0.4, 0.25), len(nights)))
    dark = rng.random(len(when)) < of(strength, 0.4, 0.6, 0.8)
    at = np.where(dark, between(rng, when, 22.6, 29.0), between(rng, when, 17.5, 22.0))
    behind = rng.random(len(when)) < of(strength, 0.35, 0.55, 0.75)
    lag = np.exp(rng.uniform(np.log(20), np.log(2000), len(when))) * MINUTE
    desk = int(city.pick_providers(rng, str(rng.choice(["clinic", "primary_care"])))[0])
    handles = city.settle(
        rng,
        rng.choice(cards, len(when)),
        shop,
        at,
        total=bills(rng, len(when), 165, 0.5),
        item=mixed(rng, len(when), drugs(rng, 5), 0.7),
        desk=desk,
        doctor=int(rng.integers(city.places.doctors[desk])),
        prescribed=np.where(behind, at + lag.astype(np.int64), at - 20 * MINUTE),
        credential=0,
    )
    instance = city.instance("fictitious_purchase", strength=strength)
    instance.subject("provider", shop).member("person", cards).settled(handles)
    customers(city, rng, shop, nights, 4.0)
