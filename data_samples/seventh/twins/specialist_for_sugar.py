"""A clinic with a sugar specialist sells more of the monitored drugs than all others around it.

Lawful because its patients have the illness, come every four weeks, and get one pack.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import hours, turns
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """They stay for the whole time."""
    clinic = host(city, rng, "clinic")
    sick = people(city, rng, int(between_any(rng, 4, 16)), age=(35, 85))
    turn, days = turns(rng, len(sick), (since_reform(city), city.period.last_day), 30)
    instance = about(city, city.instance("high_risk_drug_watch", lookalike=True), clinic).member(
        "person", sick
    )
    instance.settled(
        city.settle(
            rng,
            sick[turn],
            clinic,
            hours(rng, days, "desk"),
            care="outpatient",
            total=bills(rng, len(turn), 220, 420),
            item=int(drugs(rng, 1, watched=True)[0]),
            packs=1,
            supply=28,
            lines=1,
            doctor=0,
            diagnosis=2,
            certain=False,
        )
    )
