"""A pharmacy has a telephone with the payment codes of acquaintances, and a program that buys with them all day long.

Kind of case: swipes in a rhythm that no customer has; the codes were lent for a share, and the shelf stays full.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import spells
from data_samples.fourth.extent import number, uneven, wide
from data_samples.fourth.rhythm import phase
from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage, second
from data_samples.third.acts import scene
from data_samples.third.cast import owners, suspect
from data_samples.third.cover import customers, own_purchases
from data_samples.third.dice import bills


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Minutes apart, with a little noise, for an hour or an evening; some of the acquaintances shop there, too."""
    shop = suspect(city, rng)
    codes = owners(city, rng, number(rng, strength, 3, 26), age=(20, 75))
    span = phase(city, rng, strength, 20, 300)
    days = spells(rng, span)
    days = np.sort(rng.choice(days, min(len(days), number(rng, strength, 2, 40)), replace=False))
    beat, noise = wide(rng, 3, 55), wide(rng, 0.01, 0.35)
    parts = []
    for day in days.tolist():
        times = min(1 + number(rng, strength, 2, 14), int(600 // beat) + 2)
        gaps = beat * MINUTE * np.exp(noise * rng.standard_normal(times))
        begin = day * DAY + int(rng.integers(second(8.0), second(20.0)))
        at = begin + np.cumsum(gaps).astype(np.int64)
        parts.append(at[at < day * DAY + second(23.6)])
    at = np.concatenate(parts)
    who = uneven(rng, codes, len(at), wide(rng, 1.0, 6.0))
    total = bills(rng, len(at), wide(rng, 60, 480), wide(rng, 0.02, 0.6), 2_000)
    item = int(rng.integers(1, 280))
    handles = city.settle(rng, who, shop, at, total=total, item=item, credential=0, counter=0)
    instance = city.instance("fictitious_purchase", strength=strength).subject("provider", shop)
    instance.member("payer_account", np.unique(who)).settled(handles)
    own_purchases(city, rng, codes, shop, span, wide(rng, 0.2, 2.0))
    customers(city, rng, shop, days, wide(rng, 1.0, 4.0))
