"""A hospital sends the last bills of patients who have died, days after the death.

Lawful because the care was given before the death; only the settlement is later.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.sizes import amounts
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, newcomers
from data_samples.third.pace import between, since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Entered by hand, one or two bills for each patient."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, int(rng.integers(1, 4)), age=(55, 101))
    if len(patients) == 0:  # in a small city everybody has been seen
        return
    instance = about(city, city.instance("ineligible_settlement", lookalike=True), hospital)
    instance.member("person", patients)
    first = max(since_reform(city), city.period.first_day + 8)
    for person in patients.tolist():
        death = int(rng.integers(first, max(first + 1, city.period.last_day - 25)))
        city.die(person, death)
        served = death - np.unique(rng.integers(0, 6, int(rng.integers(1, 3))))
        sent = np.minimum(death + rng.integers(2, 21, len(served)), city.period.last_day)
        instance.settled(
            city.settle(
                rng,
                person,
                hospital,
                between(rng, sent, 9.0, 16.0),
                care="outpatient",
                total=amounts(rng, len(served), 180, 900),
                served=served,
                prescribed=served * DAY + second(9.2),
                channel="manual",
                certain=False,
            )
        )
