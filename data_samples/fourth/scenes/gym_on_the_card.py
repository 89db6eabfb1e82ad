"""A shop sells gym cards, massage chairs and cosmetics on personal accounts, openly at first, later as devices.

Kind of case: personal accounts used for fitness and wellness, which they must not pay.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A few sales in quiet weeks, many after an event for members; the later ones bear the code of a device."""
    shop = suspect(city, rng)
    members = neighbors(city, rng, number(rng, strength, 5, 50), shop, account=True)
    span = phase(city, rng, strength, 30, 300)
    at = usual(city, rng, bursts(rng, span, number(rng, strength, 7, 110)))
    renamed = int(len(at) * wide(rng, 0.3, 1.0))
    instance = city.instance("prohibited_account_use", strength=strength)
    instance.subject("provider", shop).member("payer_account", members)
    who = rng.choice(members, len(at))
    total = sums(rng, len(at), 90, 900, 9_000)
    for rows, kind in ((slice(0, max(1, renamed)), "wellness"), (slice(max(1, renamed), None), "device")):
        if len(at[rows]):
            sold = city.settle(
                rng, who[rows], shop, at[rows], total=total[rows], item_kind=kind, lines=1, in_scope=True
            )
            instance.settled(sold)
    customers(city, rng, shop, np.unique(at // 86_400), portion(rng, strength, 0.3, 0.9) * 5)
