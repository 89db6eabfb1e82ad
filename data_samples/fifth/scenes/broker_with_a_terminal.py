"""A broker with terminals of several shops turns accounts into cash for a fifth of them, wherever the customer stands.

Kind of case: cash-out by brokers with card readers, advertised on lampposts; every owner comes once, or once a year.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business, when_open
from data_samples.fourth.extent import number, portion, sums, uneven, wide
from data_samples.fourth.rhythm import after
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import rounded, split
from data_samples.third.pace import usual


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The balance goes in one to a few swipes, sometimes all but a little; the shops live from honest sales, too."""
    shops = np.unique([suspect(city, rng) for _ in range(int(rng.integers(1, 5)))])
    sellers = owners(city, rng, number(rng, strength, 3, 30), age=(20, 80))
    days = business(city, rng, strength, (20, 400), len(sellers))
    even, most = float(rng.random()), portion(rng, strength, 0.35, 0.97)
    where = uneven(rng, shops, len(sellers))
    instance = city.instance("account_cash_out", strength=strength).subject("payer_account", sellers)
    instance.member("provider", np.unique(where))
    for seller, shop, day in zip(sellers.tolist(), where.tolist(), days.tolist(), strict=True):
        saved = int(sums(rng, 1, 700, 6_500, 40_000)[0])
        city.set_opening(seller, saved)
        times = min(int(rng.geometric(wide(rng, 0.3, 0.9))), 9)
        fen = rounded(
            rng, split(rng, max(int(saved * most), 5_000 * times), times, wide(rng, 1.0, 20.0)), even
        )
        start = usual(city, rng, np.full(1, day))
        at = np.r_[start, after(rng, np.repeat(start, times - 1), 1, wide(rng, 6, 9_000))]
        at = np.sort(when_open(city, rng, at))
        handles = city.settle(rng, seller, shop, at, total=fen, counter=0)
        instance.settled(handles)
    for shop in shops.tolist():
        customers(city, rng, shop, np.unique(days), wide(rng, 0.7, 4.0))
