"""A pharmacist turns the accounts of a family into money, within a few weeks, until little is left.

Shanghai: four relatives' cards swiped empty with a pharmacist for more than 7,000 yuan.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owner, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import normal, of, pareto, rounded, split
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between, outings, stretch


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Sums are uneven, days are few, evenings are quiet; a little stays on each account."""
    shop = suspect(city, rng)
    family = [owner(city, rng, age=(22, 75))]
    home = city.household_of(family[0])
    kin = home[~city.taken[home] & city.steady[home] & city.people.has_account(home)]
    city.taken[kin] = True
    family += kin.tolist()
    if len(family) < of(strength, 1, 2, 3):
        family.append(owner(city, rng, age=(22, 75)))
    span = stretch(city, rng, normal(rng, of(strength, 60, 35, 18), 0.4, 8, 120))
    clerk = int(rng.integers(city.places.counters[shop]))
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("provider", shop).member("payer_account", family)
    days = outings(rng, span, 3)
    for member in family:
        opening = 100 * pareto(rng, of(strength, 900, 1500, 2500), 1.5, 30_000)
        city.set_opening(member, opening)
        days = outings(rng, span, normal(rng, of(strength, 7, 6, 5), 0.4, 2, 18))
        count = len(days)
        drained = int(opening * of(strength, 0.7, 0.85, 0.95))
        late = rng.random(count) < of(strength, 0.3, 0.45, 0.6)
        handles = city.settle(
            rng,
            member,
            shop,
            np.where(late, between(rng, days, 18.5, 21.5), between(rng, days, 9.0, 18.5)),
            total=rounded(rng, split(rng, drained, count, of(strength, 2.0, 4.0, 9.0)), 0.2),
            item=mixed(rng, count, drugs(rng, 3), 0.7),
            packs=rng.integers(1, 9, count),
            counter=np.where(rng.random(count) < of(strength, 0.6, 0.8, 0.95), clerk, 0),
        )
        instance.settled(handles)
    customers(city, rng, shop, days, 3.0)
