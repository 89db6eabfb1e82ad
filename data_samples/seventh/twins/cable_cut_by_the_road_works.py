"""Road works cut the line of a clinic for some days, and the bills follow when it is mended.

Lawful because nothing is missing on them, and everything before and after came at once.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.diary import sessions
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """In the order in which the patients came."""
    clinic = host(city, rng, "clinic")
    first = int(rng.integers(city.period.first_day + 5, city.period.last_day - 14))
    length = int(rng.integers(3, 9))
    served = np.sort(rng.integers(first, first + length, int(between_any(rng, 8, 40))))
    sent = np.full(len(served), first + length + 1)
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, len(sent), clinic), len(sent)),
        clinic,
        sessions(rng, sent, (8.4, 9.0), 3.0),
        care="outpatient",
        total=bills(rng, len(sent), 40, 170),
        served=served,
        prescribed=served * DAY + second(10.2),
        diagnosis=rng.integers(0, 60, len(sent)),
        doctor=0,
        certain=False,
    )
    about(city, city.instance("data_transmission_defect", lookalike=True), clinic).settled(handles)
