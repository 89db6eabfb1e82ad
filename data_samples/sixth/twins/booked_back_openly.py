"""The agency debits accounts by mistake, and books the sum back some days later.

Lawful because both entries stand in the ledger and every balance follows from them.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import owners


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """An adjustment down and one up, for a handful of accounts on the same days."""
    accounts = owners(city, rng, int(any_of(rng, 3, 30)))
    wrong = int(rng.integers(city.period.first_day + 3, city.period.last_day - 25))
    right = wrong + int(rng.integers(1, 21))
    instance = city.instance("ledger_break", lookalike=True).subject("payer_account", accounts)
    for account, fen in zip(accounts.tolist(), amounts(rng, len(accounts), 30, 300).tolist(), strict=True):
        city.post(account, wrong * DAY + second(22.5), "adjustment", -fen)
        city.post(account, right * DAY + second(22.5), "adjustment", fen)
        instance.worth(fen)
