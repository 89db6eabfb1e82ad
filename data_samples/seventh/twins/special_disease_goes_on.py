"""Patients with a special disease stay in its program after the chronic ones have ended.

Lawful because the special programs were not stopped, and they are registered in it.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import hours, turns
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Every two or three weeks at one hospital."""
    hospital = host(city, rng, "hospital")
    sick = people(
        city, rng, int(between_any(rng, 1, 6)), hospital, categories=("active", "retired"), age=(30, 90)
    )
    turn, days = turns(rng, len(sick), (since_reform(city), city.period.last_day), between_any(rng, 13, 24))
    instance = about(city, city.instance("closed_policy_use", lookalike=True), hospital).member(
        "person", sick
    )
    instance.settled(
        city.settle(
            rng,
            sick[turn],
            hospital,
            hours(rng, days, "desk"),
            care="special_outpatient",
            programme=6,
            total=bills(rng, len(turn), 240, 620),
            diagnosis=54,
            certain=False,
        )
    )
