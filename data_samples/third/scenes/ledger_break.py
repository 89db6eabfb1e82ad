"""Somebody at the agency lifts balances, or payments leave no trace in the ledger."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import bills, chance, geometric, of, pareto
from data_samples.third.pace import outings, stretch, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The account is used as before, so that the break is covered by ordinary entries."""
    account = owner(city, rng)
    span = stretch(city, rng, 150)
    days = outings(rng, span, geometric(rng, of(strength, 3, 5, 8), of(strength, 2, 3, 4), 20))
    shop = nearby(city, rng, account)
    handles = city.settle(rng, account, shop, usual(city, rng, days), total=bills(rng, len(days), 120, 0.5))
    instance = city.instance("ledger_break", strength=strength).subject("payer_account", account)
    if chance(rng, 0.5):
        fen = 100 * pareto(rng, of(strength, 30, 150, 600), 1.4, 20_000)
        city.break_balance(account, int(days[0]), fen)
        instance.worth(fen)
    else:
        hidden = handles[: of(strength, 1, 2, 4)]
        city.unposted(hidden)
        instance.settled(hidden)
