"""A man goes round hospitals and health centers for drugs that dealers ask for, a suitcase a week.

Kind of case: a professional who invents illnesses, and mixes real complaints into them.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, patient, several
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Many desks and doctors, several dear drugs; also visits for what he has."""
    runner = patient(city, rng, age=(30, 68))
    places = several(city, rng, how_many(rng, strength, 3, 13), "hospital", "primary_care", "clinic")
    span = campaign(city, rng, strength, 60, 420, since_reform(city))
    days = busy_days(rng, span, how_many(rng, strength, 12, 110))
    items = drugs(rng, int(rng.integers(2, 6)), watched=True)
    instance = city.instance("professional_buyer", strength=strength).subject("person", runner)
    instance.settled(
        city.settle(
            rng,
            runner,
            leaning(rng, places, len(days)),
            hours(rng, days, "desk"),
            care="outpatient",
            total=bills(rng, len(days), 180, 620),
            item=leaning(rng, items, len(days)),
            packs=rng.integers(2, 9, len(days)),
            diagnosis=leaning(rng, np.arange(50), len(days)),
            certain=False,
        )
    )
    own = busy_days(rng, span, 5)
    city.settle(rng, runner, nearby(city, rng, runner, "clinic"), hours(rng, own, "desk"), care="outpatient")
