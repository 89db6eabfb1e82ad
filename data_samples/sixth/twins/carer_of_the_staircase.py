"""A carer fetches the monthly drugs of housebound people, one card after the other.

Lawful because both identities are recorded with the shop, and each card buys what its owner takes every month.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import in_line, own_round
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.goods import drugs
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Once a month, with the same drugs for each person as the month before."""
    shop = host(city, rng)
    cared_for = neighbors(city, rng, int(any_of(rng, 3, 10)), shop, age=(68, 101))
    days = own_round(rng, stretch(city, rng, int(any_of(rng, 100, 420))), float(rng.uniform(27, 33)))
    for person in cared_for.tolist():
        city.register("agent_purchase", person=person, provider=shop)
    items, usual_sum = drugs(rng, len(cared_for)), amounts(rng, len(cared_for), 60, 260)
    who, when = np.tile(np.arange(len(cared_for)), len(days)), np.repeat(days, len(cared_for))
    instance = about(city, city.instance("card_concentration", lookalike=True), shop)
    instance.member("person", cared_for)
    instance.settled(
        city.settle(
            rng,
            cared_for[who],
            shop,
            in_line(rng, when, (9.0, 17.0), 2),
            total=usual_sum[who],
            item=items[who],
            packs=2,
            credential=2,
            certain=False,
        )
    )
