"""A recruiter drives old people to a clinic, where each has an infusion and takes eggs and oil home.

Kind of case: patients induced with gifts and a free ride, who came in groups that the driver put together.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import busy_days, campaign, sessions
from data_samples.seventh.measure import bills, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A core comes nearly always, others now and then; between the trips everybody has doctors of their own."""
    clinic = suspect(city, rng, "clinic")
    pool = people(city, rng, how_many(rng, strength, 5, 26), age=(58, 95))
    span = campaign(city, rng, strength, 30, 300, since_reform(city))
    trips = np.unique(busy_days(rng, span, how_many(rng, strength, 3, 30)))
    keen = rng.beta(1.2, 1.2, len(pool))
    instance = city.instance("co_visit_group", strength=strength).subject("group")
    came = []
    for trip in trips.tolist():
        weight = keen + 0.03
        seats = int(rng.integers(3, min(len(pool), 9) + 1)) if len(pool) > 3 else len(pool)
        guests = rng.choice(len(pool), seats, replace=False, p=weight / weight.sum())
        came.append(pool[guests])
        instance.settled(
            city.settle(
                rng,
                pool[guests],
                clinic,
                sessions(rng, np.full(seats, trip), (8.3, 10.8), float(rng.uniform(2, 8))),
                care="outpatient",
                total=bills(rng, seats, 90, 260),
                diagnosis=leaning(rng, np.arange(20, 24), seats),
                certain=False,
            )
        )
    instance.member("person", np.unique(np.concatenate(came)))
    honest_days(city, rng, clinic, span)
