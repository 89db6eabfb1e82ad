"""A merger of two account systems writes some balances wrong, over several weekends.

Kind of case: closing balances that did not follow from opening balance, credits and payments.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.measure import bills, how_many
from data_samples.third.acts import scene


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each is too high by a sum of its own; most of the accounts are right."""
    accounts = people(city, rng, how_many(rng, strength, 1, 40), account=True, age=(20, 90))
    first, last = city.period.first_day + 40, city.period.last_day - 40
    weekends = rng.integers(first, max(first + 1, last), 3)
    instance = city.instance("ledger_break", strength=strength).subject("payer_account", accounts)
    for account, off in zip(accounts.tolist(), bills(rng, len(accounts), 30, 520).tolist(), strict=True):
        city.break_balance(account, int(rng.choice(weekends)), off)
        instance.worth(off)
