"""A nightly run of the agency fails half-way: balances of some accounts no longer follow from their entries.

Kind of case: a migration or a restart in which debits were booked and the balances were not.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, whole
from data_samples.third.acts import scene
from data_samples.third.cast import owners


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """One night for all; each balance is too high by the sum of a bill or two."""
    accounts = owners(city, rng, whole(rng, strength, 2, 60))
    first, last = city.period.first_day + 35, city.period.last_day - 35
    night = int(rng.integers(first, max(first + 1, last)))
    instance = city.instance("ledger_break", strength=strength).subject("payer_account", accounts)
    for account, fen in zip(accounts.tolist(), amounts(rng, len(accounts), 40, 400).tolist(), strict=True):
        city.break_balance(account, night, fen)
        instance.worth(fen)
