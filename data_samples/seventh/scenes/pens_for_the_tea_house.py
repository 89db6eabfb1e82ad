"""A clinic prescribes easily resold pens to guests of a tea house, who hand them over outside.

Kind of case: drugs on the monitoring list that went to people without the illness, through one clinic.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import campaign, hours, turns
from data_samples.seventh.measure import bills, falling, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Guests come for a few weeks and are replaced; real patients get the same drug there at a steady pace."""
    clinic = suspect(city, rng, "clinic")
    guests = people(city, rng, how_many(rng, strength, 4, 34), account=True, age=(24, 75))
    span = campaign(city, rng, strength, 90, 360, since_reform(city))
    items = drugs(rng, 2, watched=True)
    turn, days = turns(rng, len(guests), span, falling(rng, strength, 9, 26))
    instance = city.instance("high_risk_drug_watch", strength=strength)
    instance.subject("provider", clinic).member("person", guests)
    instance.settled(
        city.settle(
            rng,
            guests[turn],
            clinic,
            hours(rng, days, "desk"),
            care="outpatient",
            total=bills(rng, len(turn), 240, 620),
            item=leaning(rng, items, len(turn)),
            packs=rng.integers(1, 4, len(turn)),
            certain=False,
        )
    )
    true = people(city, rng, 3, clinic, age=(45, 85))
    mine, when = turns(rng, len(true), span, 30)
    city.settle(
        rng,
        true[mine],
        clinic,
        hours(rng, when, "desk"),
        care="outpatient",
        total=bills(rng, len(mine), 240, 400),
        item=int(items[0]),
        packs=1,
        supply=30,
        diagnosis=2,
        certain=False,
    )
    honest_days(city, rng, clinic, span)
