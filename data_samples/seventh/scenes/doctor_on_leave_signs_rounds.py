"""A rehabilitation clinic writes sessions for patients who did not come, by a doctor who was on leave.

Kind of case: treatments billed while the doctor whose name they bear was away and the patients at home.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import busy_days, campaign, hours, sessions
from data_samples.seventh.measure import how_many, leaning, price_list
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The names of former patients, entered in evening sittings of one operator."""
    clinic = suspect(city, rng, "clinic")
    names = people(city, rng, how_many(rng, strength, 5, 40), clinic, age=(35, 95))
    span = campaign(city, rng, strength, 30, 330, since_reform(city))
    real = busy_days(rng, (max(span[0] - 40, city.period.first_day), span[0]), 2 * len(names))
    city.settle(
        rng, rng.choice(names, len(real)), clinic, hours(rng, real, "desk"), care="outpatient", certain=False
    )
    sittings = np.unique(busy_days(rng, span, how_many(rng, strength, 3, 30)))
    when = np.repeat(sittings, rng.integers(3, 12, len(sittings)))
    used = leaning(rng, names, len(when))
    instance = city.instance("fictitious_purchase", strength=strength)
    instance.subject("provider", clinic).member("person", np.unique(used))
    instance.settled(
        city.settle(
            rng,
            used,
            clinic,
            sessions(rng, when, (18.1, 20.8), float(rng.uniform(0.8, 3.0))),
            care="outpatient",
            total=rng.choice(price_list(rng, 80, 260)[:4], len(when)),
            item=leaning(rng, np.arange(70, 75), len(when)),
            doctor=1,
            counter=0,
            lines=1,
            certain=False,
        )
    )
    honest_days(city, rng, clinic, span)
