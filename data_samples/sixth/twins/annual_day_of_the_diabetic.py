"""Once a year patients see the eye, the kidney and the foot doctor of a hospital on one day.

Lawful because the bills are those of different doctors and departments, of sums that differ.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import between, since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Three or four bills in a morning, once for each patient."""
    hospital = host(city, rng, "hospital")
    patients = neighbors(city, rng, int(any_of(rng, 4, 22)), hospital, age=(40, 90))
    days = flow(rng, stretch(city, rng, int(any_of(rng, 40, 360)), since_reform(city)), len(patients))
    rooms = rng.integers(3, 5, len(patients))
    nth = np.arange(rooms.sum()) - np.repeat(np.cumsum(rooms) - rooms, rooms)
    at = np.repeat(between(rng, days, 7.8, 9.5), rooms) + nth * rng.integers(
        25 * MINUTE, 70 * MINUTE, len(nth)
    )
    instance = about(city, city.instance("split_prescription", lookalike=True), hospital)
    instance.settled(
        city.settle(
            rng,
            np.repeat(patients, rooms),
            hospital,
            at,
            care="outpatient",
            total=amounts(rng, len(at), 90, 380),
            doctor=2 * nth + 1,
            certain=False,
        )
    )
