"""A very ill patient has used up the year's benefit in autumn; what comes afterwards is paid by himself."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of
from data_samples.fourth.rhythm import habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import usual
from data_samples.third.values import cost_of_a_cap


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same care every week or two for as long as the period is; it does not grow when the year ends."""
    center = host(city, rng, "primary_care")
    patients = neighbors(city, rng, several_of(rng, 2, 14), center, account=True, age=(45, 92))
    first = max(city.period.first_day, city.policy_start)
    instance = about(city, city.instance("cap_rush", lookalike=True), center).member("person", patients)
    for person in patients.tolist():
        days = habit(rng, (first, city.period.last_day), float(rng.uniform(6, 16)))
        yearly = cost_of_a_cap(city, person, city.period.last_day, 30) * float(rng.uniform(0.7, 1.5))
        years = max((city.period.last_day - first + 1) / 365, 0.3)
        fen = np.maximum(yearly * years / len(days) * rng.normal(1, 0.15, len(days)), 2_000).astype(np.int64)
        at = usual(city, rng, days, "other")
        item = int(rng.integers(1, 280))
        instance.settled(
            city.settle(
                rng, person, center, at, care="outpatient", total=fen, item=item, in_scope=True, certain=False
            )
        )
