"""Patients with diabetes have a test every quarter, as the guideline says.

Lawful because more than ninety days lie between two tests.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.goods import limited
from data_samples.third.pace import between, since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Punctual patients of one health center."""
    center = host(city, rng, "primary_care")
    patients = neighbors(city, rng, int(any_of(rng, 4, 24)), center, age=(40, 92))
    test = limited(rng, "test")
    instance = about(city, city.instance("over_frequency_test", lookalike=True), center)
    for person in patients.tolist():
        days = since_reform(city) + int(rng.integers(0, 80)) + np.cumsum(np.r_[0, rng.integers(91, 112, 20)])
        days = days[days <= city.period.last_day]
        if len(days) == 0:
            continue
        instance.settled(
            city.settle(
                rng,
                person,
                center,
                between(rng, days, 7.3, 10.0),
                care="outpatient",
                total=amounts(rng, len(days), 60, 140, 400),
                item=test,
                lines=1,
                certain=False,
            )
        )
