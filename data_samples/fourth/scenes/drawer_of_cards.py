"""Cards of a village lie in a pharmacy's drawer; the pharmacist goes through some of them whenever the shop is empty.

Kind of case: collected cards of insured villagers, swiped on pooled outpatient benefit, the medicines resold.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.fourth.extent import number, portion, sums, uneven, wide
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import closest, neighbors
from data_samples.third.cover import customers
from data_samples.third.goods import drugs, mixed, prescribed
from data_samples.third.pace import queue, usual


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Two to eight cards at a time, in any order, at hours when others buy, too; prescriptions from a clinic nearby."""
    shop, first = pooled_shop(city, rng)
    cards = neighbors(city, rng, number(rng, strength, 7, 70), shop, account=True, age=(35, 95))
    desk = int(closest(city, shop, str(rng.choice(["clinic", "primary_care"])))[0])
    span = phase(city, rng, strength, 60, 400, first)
    sittings = usual(city, rng, bursts(rng, span, number(rng, strength, 10, 80)))
    wanted = np.r_[drugs(rng, 2, watched=True), drugs(rng, 4)]
    chunk = wide(rng, 2.0, 5.0)
    instance = city.instance("card_concentration", strength=strength)
    instance.subject("provider", shop).member("person", cards)
    for start in sittings.tolist():
        some = np.unique(uneven(rng, cards, min(len(cards), 1 + int(rng.poisson(chunk))), 2.0))
        at = queue(rng, start, len(some), float(rng.uniform(0.6, 4.0)))
        order = prescribed(city, rng, desk, at, minutes=(3, 400))
        instance.settled(
            city.settle(
                rng,
                rng.permutation(some),
                shop,
                at,
                total=sums(rng, len(some), 90, 330, 1_500),
                item=mixed(rng, len(some), wanted, portion(rng, strength, 0.35, 0.85)),
                certain=False,
                **order,
            )
        )
    customers(city, rng, shop, np.unique(sittings // 86_400), 4.0)
