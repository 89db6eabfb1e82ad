"""A new clinic opens: nothing before its agreement, and full days in the first weeks.

Lawful because the agreement began on that day, and the many patients are different people.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, passers_by, unvisited
from data_samples.third.pace import since_reform

FIRST = True


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Most in the beginning, fewer every week."""
    clinic = unvisited(city, rng, "clinic")
    if clinic is None:
        return
    begin, last = since_reform(city), city.period.last_day
    opens = int(rng.integers(begin + 1, max(begin + 2, last - 50)))
    city.open_provider(clinic, opens)
    count = int(any_of(rng, 30, 150))
    days = np.sort(
        np.minimum(opens + np.floor(rng.exponential(any_of(rng, 6, 30), count)).astype(np.int64), last)
    )
    instance = about(city, city.instance("capacity_anomaly", lookalike=True), clinic)
    instance.settled(
        city.settle(
            rng,
            rng.choice(passers_by(city, rng, count, clinic), count),
            clinic,
            at_desk(rng, days, 0.1),
            care="outpatient",
            total=amounts(rng, count, 60, 180),
            certain=False,
        )
    )
