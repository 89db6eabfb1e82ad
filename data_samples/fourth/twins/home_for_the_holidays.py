"""Migrant workers come home for some weeks, and stock up with what they use from accounts that slept all year."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.people import quiet_owners
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import stretch, usual


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Each buys once or twice for himself, whatever he needs; nobody spends more than a part of the account."""
    shop = host(city, rng)
    owners = quiet_owners(city, rng, several_of(rng, 5, 40), age=(22, 62))
    span = stretch(city, rng, several_of(rng, 8, 40))
    instance = about(city, city.instance("account_cash_out", lookalike=True), shop)
    at = usual(city, rng, bursts(rng, span, round(1.4 * len(owners)) + 1))
    who = rng.choice(owners, len(at))
    handles = city.settle(rng, who, shop, at, total=sums(rng, len(at), 70, 400), certain=False)
    instance.member("payer_account", np.unique(who)).settled(handles)
