"""A home where mothers rest after birth takes its price from the accounts of whole families, as goods of its shop.

Kind of case: personal accounts used for care and wellness that no insurance covers, through bindings that are in order.
"""

from __future__ import annotations

import numpy as np

from data_samples.families import RELATIONS
from data_samples.fourth.extent import number, portion, several_of, sums, wide
from data_samples.fourth.rhythm import phase
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import spare, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import chance, split
from data_samples.third.pace import since_reform, usual


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """By the week, a part in cash; the shop also sells medicine to passers-by."""
    shop = suspect(city, rng)
    first = since_reform(city) + 2
    span = phase(city, rng, strength, 40, 400, first)
    families = city.pick_relatives(rng, spare(city, number(rng, strength, 2, 16), 2))
    instance = city.instance("prohibited_account_use", strength=strength).subject("provider", shop)
    billed = portion(rng, strength, 0.3, 0.97)
    for payer, mother, relation in families.tolist():
        begin = int(rng.integers(span[0], span[1] + 1))
        city.authorize(
            payer, mother, RELATIONS[relation], (begin - 1) * DAY + int(rng.integers(30_000, 75_000))
        )
        weeks = min(several_of(rng, 1, 6), max(1, (city.period.last_day - begin) // 7))
        price = int(sums(rng, 1, 1_200, 9_000, 30_000)[0] * billed)
        city.set_opening(payer, int(price * rng.uniform(0.9, 1.8)))
        days = begin + 7 * np.arange(weeks)
        parts = split(rng, max(price, 5_000 * weeks), weeks, wide(rng, 2.0, 30.0))
        own = chance(rng, 0.3)
        handles = city.settle(
            rng,
            payer if own else mother,
            shop,
            usual(city, rng, days),
            total=parts,
            purse="account" if own else "relative",
            payer=-1 if own else payer,
            item_kind="wellness",
            in_scope=True,
            outside=parts,
            lines=1,
        )
        instance.member("payer_account", payer).settled(handles)
    customers(city, rng, shop, np.arange(span[0], span[1] + 1, 3), wide(rng, 0.8, 4.0))
