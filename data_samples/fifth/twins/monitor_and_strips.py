"""A family buys a blood pressure monitor, a nebulizer and test strips from an account, several times a year.

The auditor: devices and consumables of a pharmacy are what accounts may pay for; the invoice shows what they are.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, nearby, owner
from data_samples.third.dice import chance
from data_samples.third.pace import stretch, usual


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Something dear at first, strips for the rest of the time."""
    person = owner(city, rng, age=(30, 92))
    shop = nearby(city, rng, person) if chance(rng, 0.7) else host(city, rng)
    days = bursts(rng, stretch(city, rng, several_of(rng, 60, 400)), several_of(rng, 2, 16))
    at = usual(city, rng, days)
    instance = about(city, city.instance("prohibited_account_use", lookalike=True), shop)
    instance.member("payer_account", person)
    bought = sums(rng, 1, 200, 900, 3_000)
    instance.settled(
        city.settle(rng, person, shop, at[:1], total=bought, item_kind="device", lines=1, certain=False)
    )
    if len(at) > 1:
        fen = sums(rng, len(at) - 1, 30, 160, 900)
        handles = city.settle(
            rng, person, shop, at[1:], total=fen, item_kind="consumable", lines=1, certain=False
        )
        instance.settled(handles)
