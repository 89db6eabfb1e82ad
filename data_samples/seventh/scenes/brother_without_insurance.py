"""A man lends his card to a brother who is not insured and looks like him.

Kind of case: visits under another person's name, found when two different blood groups stood in one file.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, campaign, hours, renewals
from data_samples.seventh.measure import bills, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner, several
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The owner keeps to his health center with his telephone; the brother goes to other places with the card."""
    lender = owner(city, rng, age=(28, 70))
    home = nearby(city, rng, lender, "primary_care")
    places = several(city, rng, 3, "hospital", "clinic")
    span = campaign(city, rng, strength, 35, 380, since_reform(city))
    own = renewals(rng, span, 31)
    city.settle(
        rng,
        lender,
        home,
        hours(rng, own, "desk"),
        care="outpatient",
        total=bills(rng, len(own), 70, 190),
        item=int(drugs(rng, 1)[0]),
        diagnosis=4,
        credential=0,
        certain=False,
    )
    days = busy_days(rng, span, how_many(rng, strength, 3, 34))
    urgent = rng.random(len(days)) < 0.3
    at = hours(rng, days, "desk")
    where = leaning(rng, places, len(days))
    hospital = nearby(city, rng, lender, "hospital")
    instance = city.instance("impersonation", strength=strength).subject("person", lender)
    for care, rows in (("emergency", urgent), ("outpatient", ~urgent)):
        if rows.any():
            instance.settled(
                city.settle(
                    rng,
                    lender,
                    hospital if care == "emergency" else where[rows],
                    at[rows],
                    care=care,
                    total=bills(rng, int(rows.sum()), 110, 620),
                    diagnosis=leaning(rng, np.arange(30, 42), int(rows.sum())),
                    credential=2,
                    certain=False,
                )
            )
