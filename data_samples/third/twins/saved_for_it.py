"""What people save for: a hearing aid or a wheelchair empties the account in a day, and the account may pay for it."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import normal, pareto
from data_samples.third.pace import between, outings, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A shop for medical devices: large, round prices, each customer once, with strips and pads later on."""
    shop = host(city, rng)
    guests = neighbors(city, rng, pareto(rng, 5, 1.8, 25), shop, account=True, age=(40, 95))
    span = stretch(city, rng, normal(rng, 260, 0.35, 86, 520))
    instance = about(city, city.instance("account_cash_out", lookalike=True), shop)
    instance.member("payer_account", guests)
    for guest in guests.tolist():
        price = 100 * int(rng.choice([1_280, 1_980, 2_680, 3_600, 5_800]))
        city.set_opening(guest, price + int(rng.integers(0, 20_000)))
        day = outings(rng, span, 1)
        bought = city.settle(
            rng, guest, shop, between(rng, day, 9, 19), total=price, item_kind="device", lines=1, packs=1
        )
        instance.settled(bought)
