"""The staff of a pharmacy and their families use their accounts at their own counter, far more than they fall ill."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, geometric, normal, of
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import between, outings, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """When the shop opens or closes, small sums, each at their own till; sick leave and holidays leave gaps."""
    shop = suspect(city, rng)
    staff = neighbors(city, rng, of(strength, 3, 4, 5), shop, account=True, age=(22, 62))
    span = stretch(city, rng, normal(rng, of(strength, 120, 180, 260), 0.3, 60, 420))
    instance = city.instance("staff_self_dealing", strength=strength)
    instance.subject("provider", shop).member("person", staff)
    goods = drugs(rng, 8)
    for till, person in enumerate(staff.tolist()):
        count = geometric(rng, of(strength, 12, 22, 40), of(strength, 6, 12, 20), 90)
        days = outings(rng, span, count, 0.1)
        early = rng.random(len(days)) < 0.5
        handles = city.settle(
            rng,
            person,
            shop,
            np.where(early, between(rng, days, 7.8, 8.8), between(rng, days, 20.2, 21.6)),
            total=bills(rng, len(days), of(strength, 55, 75, 110), 0.5),
            item=mixed(rng, len(days), goods, 0.7),
            counter=till % int(city.places.counters[shop]),
        )
        instance.settled(handles)
    customers(city, rng, shop, outings(rng, span, 25), 2.5)
