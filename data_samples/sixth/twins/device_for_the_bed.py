"""Accounts pay for oxygen devices, meters and strips at a pharmacy.

Lawful because devices and consumables may be paid from the account.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, own_round
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A device once, and what it uses up every month."""
    shop = host(city, rng)
    patients = neighbors(city, rng, int(any_of(rng, 2, 12)), shop, account=True, age=(45, 92))
    instance = about(city, city.instance("prohibited_account_use", lookalike=True), shop)
    instance.member("payer_account", patients)
    for person in patients.tolist():
        days = own_round(rng, stretch(city, rng, int(any_of(rng, 60, 300))), 30.0)
        at = at_desk(rng, days, 0.3)
        price = amounts(rng, 1, 350, 1_600)
        device = city.settle(
            rng, person, shop, at[:1], total=price, item_kind="device", lines=1, certain=False
        )
        instance.settled(device)
        if len(at) > 1:
            sums = amounts(rng, len(at) - 1, 50, 130)
            instance.settled(
                city.settle(
                    rng, person, shop, at[1:], total=sums, item_kind="consumable", lines=1, certain=False
                )
            )
