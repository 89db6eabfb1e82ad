"""A doctor of the health center sees all residents of a nursing home on one day, and the desk enters the bills.

Lawful because the home is registered, the doctor comes every other week, and nobody has two bills on a day.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import in_line, own_round
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A row of bills within an hour."""
    center = host(city, rng, "primary_care")
    residents = neighbors(city, rng, int(any_of(rng, 6, 40)), center, age=(65, 102))
    for person in residents.tolist():
        city.register("nursing_home", person=person, provider=center)
    days = own_round(rng, stretch(city, rng, int(any_of(rng, 60, 300)), since_reform(city)), 14.0)
    who, when = np.tile(residents, len(days)), np.repeat(days, len(residents))
    seen = rng.random(len(who)) < 0.8
    instance = about(city, city.instance("capacity_anomaly", lookalike=True), center)
    instance.settled(
        city.settle(
            rng,
            who[seen],
            center,
            in_line(rng, when[seen], (13.0, 15.0), 1.6),
            care="outpatient",
            total=amounts(rng, int(seen.sum()), 50, 160, 600),
            doctor=0,
            counter=0,
            certain=False,
        )
    )
