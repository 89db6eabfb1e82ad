"""A shop for medical aids sells blood pressure meters, strips and dressings on accounts, which may pay them."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Dear devices once, consumables again and again."""
    shop = host(city, rng)
    people = neighbors(city, rng, several_of(rng, 6, 50), shop, account=True, age=(40, 95))
    span = stretch(city, rng, several_of(rng, 60, 450))
    instance = about(city, city.instance("prohibited_account_use", lookalike=True), shop)
    instance.member("payer_account", people)
    for kind, low, high in (("device", 120, 900), ("consumable", 30, 140)):
        count = len(people) if kind == "device" else several_of(rng, 10, 90)
        at = usual(city, rng, bursts(rng, span, count))
        who = rng.permutation(people) if kind == "device" else rng.choice(people, count)
        total = sums(rng, count, low, high)
        instance.settled(
            city.settle(
                rng, who, shop, at, total=total, item_kind=kind, lines=1, in_scope=True, certain=False
            )
        )
