"""Bills of one year are settled by hand in the next, at the values of the day of the care.

Lawful because deductible, ratio and limit are those of the year in which the care was given.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import between, since_reform
from data_samples.third.values import year_ends


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Some weeks between the care and the settlement."""
    hospital = host(city, rng, "hospital")
    patients = neighbors(city, rng, int(any_of(rng, 3, 18)), hospital)
    first = since_reform(city)
    ends = [end for end in year_ends(city) if end - 40 > first and end + 60 < city.period.last_day]
    turn_of_year = int(rng.choice(ends)) if ends else int(rng.integers(first + 30, city.period.last_day - 30))
    served = turn_of_year - rng.integers(0, 28, len(patients))
    sent = turn_of_year + rng.integers(2, 29, len(patients))
    instance = about(city, city.instance("benefit_recalc_mismatch", lookalike=True), hospital)
    instance.settled(
        city.settle(
            rng,
            patients,
            hospital,
            between(rng, sent, 9.0, 16.5),
            care="outpatient",
            total=amounts(rng, len(patients), 300, 1_400),
            served=served,
            prescribed=served * DAY + second(10.5),
            channel="manual",
            certain=False,
        )
    )
