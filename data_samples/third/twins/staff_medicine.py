"""Who works in a pharmacy buys there too: what the family needs, now and then, after work."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import bills, geometric, normal
from data_samples.third.pace import between, outings, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """As often as other people buy, only always here; a flu brings three visits in a week."""
    shop = host(city, rng)
    staff = neighbors(city, rng, 4, shop, account=True, age=(22, 60))
    span = stretch(city, rng, normal(rng, 330, 0.35, 110, 660))
    instance = about(city, city.instance("staff_self_dealing", lookalike=True), shop).member("person", staff)
    for person in staff.tolist():
        days = outings(rng, span, geometric(rng, 7, 3, 20), 0.4)
        handles = city.settle(
            rng,
            person,
            shop,
            between(rng, days, 18.0, 21.4),
            total=bills(rng, len(days), 60, 0.8),
            counter=0,
            certain=False,
        )
        instance.settled(handles)
