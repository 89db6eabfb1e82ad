"""The owner of a rich account sells its use: strangers are bound as parents, spouses and children, and pay in cash.

Kind of case: invented family relations in the app, through which a personal account is turned into money.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.rhythm import bursts, phase
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import chance
from data_samples.third.pace import since_reform, usual


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Buyers come through acquaintances, one after the other; each buys near home, and most for a few weeks only."""
    payer = owner(city, rng, age=(28, 75))
    city.set_opening(payer, int(sums(rng, 1, 6_000, 40_000, 60_000)[0]))
    buyers = city.pick_people(rng, number(rng, strength, 3, 16))
    span = phase(city, rng, strength, 60, 400, since_reform(city))
    instance = city.instance("family_authorization_violation", strength=strength)
    instance.subject("payer_account", payer).member("person", buyers)
    for buyer in buyers.tolist():
        begin = int(rng.integers(span[0], max(span[0] + 1, span[1] - 4)))
        end = min(begin + number(rng, strength, 6, 150), span[1] + 1)
        bound = begin * DAY + int(rng.integers(8 * 3600, 20 * 3600))
        until = (end + int(rng.integers(1, 20))) * DAY if chance(rng, 0.5) else -1
        relation = str(rng.choice(["spouse", "parent", "child"], p=[0.15, 0.5, 0.35]))
        city.authorize(payer, buyer, relation, bound, until, verified=chance(rng, 0.25))
        days = bursts(rng, (begin + 1, max(end, begin + 1)), number(rng, strength, 1, 9))
        days = np.minimum(days, city.period.last_day)
        at = np.maximum(usual(city, rng, days), bound + 900)
        shop = nearby(city, rng, buyer)
        fen = sums(rng, len(at), 80, portion(rng, strength, 0.2, 0.9) * 800)
        instance.settled(city.settle(rng, buyer, shop, at, total=fen, purse="relative", payer=payer))
