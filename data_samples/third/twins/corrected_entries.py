"""A wrong adjustment and its correction, or a transfer to the area of the next job and back."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import owner
from data_samples.third.dice import pareto
from data_samples.third.pace import stretch


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Large entries of rare kinds, after which the balance is right to the fen."""
    person = owner(city, rng)
    first, last = stretch(city, rng, 40)
    fen = 100 * pareto(rng, 200, 1.3, 15_000)
    at, back = first * DAY + 10 * 3_600, last * DAY + 15 * 3_600
    kinds = [("adjustment", "adjustment"), ("transfer_out", "transfer_in")][int(rng.integers(2))]
    sign = -1 if kinds[0] == "transfer_out" else 1
    city.post(person, at, kinds[0], sign * fen)
    city.post(person, back, kinds[1], -sign * fen)
    instance = city.instance("ledger_break", lookalike=True).subject("payer_account", person)
    instance.worth(fen)
