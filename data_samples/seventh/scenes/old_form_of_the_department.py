"""A department goes on using the form of a chronic program that ended with the reform, since it pays more.

Kind of case: settlements under a stopped policy, at one department whose template was never changed.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import campaign, hours, turns
from data_samples.seventh.measure import between_any, bills, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Its patients every few weeks; the rest of the hospital bills as the rule says."""
    if not city.here["chronic_ends"]:
        return
    center = suspect(city, rng, "primary_care" if rng.random() < 0.6 else "hospital")
    patients = people(
        city,
        rng,
        how_many(rng, strength, 2, 30),
        center,
        categories=("active", "retired", "flexible"),
        age=(35, 95),
    )
    span = campaign(city, rng, strength, 110, 440, since_reform(city))
    turn, days = turns(rng, len(patients), span, between_any(rng, 22, 38))
    instance = city.instance("closed_policy_use", strength=strength)
    instance.subject("provider", center).member("person", patients)
    instance.settled(
        city.settle(
            rng,
            patients[turn],
            center,
            hours(rng, days, "desk"),
            care="chronic_outpatient",
            programme=rng.integers(0, 3, len(patients))[turn],
            total=bills(rng, len(turn), 140, 560),
            doctor=0,
            certain=False,
        )
    )
    honest_days(city, rng, center, span)
