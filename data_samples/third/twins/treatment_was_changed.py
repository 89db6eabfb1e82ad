"""A new therapy is watched closely: the test comes early once or twice, and then again every three months."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import bills
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Patients of a diabetes clinic; another drug begins with the early test."""
    place = host(city, rng, str(rng.choice(["primary_care", "hospital"])))
    test = limited(rng, "test")
    instance = about(city, city.instance("over_frequency_test", lookalike=True), place)
    for person in neighbors(city, rng, 8, place, age=(40, 95)).tolist():
        first = since_reform(city) + int(rng.integers(0, 40))
        days = np.arange(first, city.period.last_day + 1, int(rng.integers(92, 110)))
        changed = int(rng.choice(days)) + int(rng.integers(35, 70))
        drug = int(rng.integers(1, 280))
        both = np.unique(np.minimum(np.r_[days, changed], city.period.last_day))
        at = usual(city, rng, both, "other")
        tests = city.settle(
            rng,
            person,
            place,
            at,
            care="outpatient",
            total=bills(rng, len(at), 70, 0.1),
            item=test,
            lines=1,
            certain=False,
        )
        treated = city.settle(
            rng,
            person,
            place,
            at + 1_500,
            care="outpatient",
            total=bills(rng, len(at), 160, 0.2),
            item=np.where(both < changed, drug, (drug + 9) % 280),
            supply=28,
            certain=False,
        )
        instance.settled(tests).settled(treated)
