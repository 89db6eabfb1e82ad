"""Care of the last days of a year is settled in January, at the values of the old year.

Lawful because the day of the care decides, and the bills say it.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import since_reform
from data_samples.third.values import year_ends


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """When the hospital's books were open again; other patients of those days have been settled at once."""
    ends = [
        end for end in year_ends(city) if end > since_reform(city) + 10 and end + 25 < city.period.last_day
    ]
    hospital = host(city, rng, "hospital")
    end = int(rng.choice(ends)) if ends else city.period.last_day - 26
    patients = passers_by(city, rng, int(between_any(rng, 5, 25)), hospital)
    served = end - rng.integers(0, 6, len(patients))
    sent = end + rng.integers(2, 15, len(patients))
    handles = city.settle(
        rng,
        patients,
        hospital,
        hours(rng, sent, "desk"),
        care="outpatient",
        total=bills(rng, len(sent), 150, 600),
        served=served,
        prescribed=served * DAY + second(9.1),
        certain=False,
    )
    about(city, city.instance("benefit_recalc_mismatch", lookalike=True), hospital).settled(handles)
