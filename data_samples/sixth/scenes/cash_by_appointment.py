"""Owners answer an advertisement, come to a small shop by appointment, and have their account turned into cash.

Kind of case: brokers on social media who keep a seventh to a third of the sum.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.people import quiet_owners
from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow, in_line, season
from data_samples.sixth.sizes import amounts, favored, part, whole
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.cover import customers
from data_samples.third.goods import drugs
from data_samples.third.pace import every_day


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Most of a balance within a few days, in two or three bills, at the counter of one clerk."""
    shop = suspect(city, rng)
    span = season(city, rng, strength, 20, 320)
    clients = quiet_owners(city, rng, whole(rng, strength, 3, 45))
    instance = city.instance("account_cash_out", strength=strength)
    instance.subject("provider", shop).member("payer_account", clients)
    first = flow(rng, span, len(clients))
    bills = rng.integers(1, 2 + strength, len(clients))
    who, day = np.repeat(clients, bills), np.repeat(first, bills)
    nth = np.arange(len(who)) - np.repeat(np.cumsum(bills) - bills, bills)
    day = np.minimum(day + nth * (rng.random(len(who)) < 0.4), city.period.last_day)
    share = part(rng, strength, 0.5, 0.93) / bills
    balance = np.maximum(city.people.opening[clients], amounts(rng, len(clients), 500, 2_600))
    sums = np.minimum(np.repeat((balance * share).astype(np.int64), bills), 600_000) // 100 * 100
    sums -= rng.choice([0, 0, 10, 50, 200], len(who))
    order = np.argsort(day, kind="stable")
    handles = city.settle(
        rng,
        who[order],
        shop,
        in_line(rng, day[order], (17.5, 20.5), 4),
        total=np.maximum(sums[order], 2_000),
        counter=0,
        item=favored(rng, drugs(rng, 4), len(who)),
    )
    instance.settled(handles)
    customers(city, rng, shop, every_day(span)[:: int(rng.integers(2, 6))], 3.0)
