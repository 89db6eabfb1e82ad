"""A balance is transferred to another area with its owner, and comes back when the owner does.

Lawful because the entry that goes out and the one that comes in are equal, and the balances follow them.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.company import people
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Months lie between the two."""
    accounts = people(city, rng, int(between_any(rng, 1, 8)), account=True, age=(24, 58))
    instance = city.instance("ledger_break", lookalike=True).subject("payer_account", accounts)
    for account, fen in zip(accounts.tolist(), bills(rng, len(accounts), 400, 2_500).tolist(), strict=True):
        out = int(rng.integers(city.period.first_day + 3, city.period.last_day - 50))
        back = out + int(rng.integers(15, 48))
        city.post(account, out * DAY + second(11), "transfer_out", -fen)
        city.post(account, back * DAY + second(11), "transfer_in", fen)
        instance.worth(fen)
