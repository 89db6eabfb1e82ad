"""Pensioners pay for new teeth with what they have saved for years.

Lawful because it is two or three bills of a dentist, once in a life.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Most of the balance within a month or two."""
    dentist = host(city, rng, "clinic")
    patients = neighbors(city, rng, int(any_of(rng, 2, 10)), dentist, account=True, age=(55, 90))
    instance = about(city, city.instance("account_cash_out", lookalike=True), dentist)
    instance.member("payer_account", patients)
    for person in patients.tolist():
        cost = int(amounts(rng, 1, 2_000, 7_000)[0])
        city.set_opening(person, round(cost * rng.uniform(1.05, 1.5)))
        parts = np.maximum(
            (cost * rng.dirichlet(np.full(int(rng.integers(2, 4)), 5.0))).astype(np.int64), 2_000
        )
        first = int(
            rng.integers(city.period.first_day, max(city.period.first_day + 1, city.period.last_day - 60))
        )
        days = np.minimum(first + np.cumsum(rng.integers(7, 25, len(parts))), city.period.last_day)
        instance.settled(
            city.settle(
                rng, person, dentist, at_desk(rng, days, 0.0), care="outpatient", total=parts, certain=False
            )
        )
