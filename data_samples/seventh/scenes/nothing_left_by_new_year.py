"""People who need little all year use up the pooled fund's yearly sum in the last weeks, at several places.

Kind of case: spending up to the cap before the year ends, egged on by acquaintances, with cupboards full of drugs.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import people
from data_samples.seventh.diary import busy_days, hours
from data_samples.seventh.measure import grade, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import several
from data_samples.third.goods import drugs
from data_samples.third.values import cost_of_a_cap, year_ends


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A few bills in the year, and then a rush that brings the fund's part near the cap."""
    ends = [end for end in year_ends(city) if end > max(city.period.first_day, city.policy_start) + 75]
    if not ends:
        return
    end = int(rng.choice(ends))
    hoarders = people(
        city, rng, how_many(rng, strength, 1, 11), categories=("active", "retired", "flexible"), age=(30, 85)
    )
    instance = city.instance("cap_rush", strength=strength).subject("person", hoarders)
    for hoarder in hoarders.tolist():
        places = several(
            city, rng, 3, "primary_care", "hospital", district=int(city.people.district[hoarder])
        )
        own = busy_days(rng, (end - 75, end - 50), 2)
        city.settle(rng, hoarder, places[0], hours(rng, own, "desk"), care="outpatient", certain=False)
        count = how_many(rng, strength, 5, 18)
        cost = cost_of_a_cap(city, hoarder, end, count) * grade(rng, strength, 0.7, 1.15)
        pieces = np.floor(cost * rng.dirichlet(np.full(count, 3.0))).astype(np.int64)
        days = np.sort(
            end - np.floor(how_many(rng, 4 - strength, 12, 45) * rng.beta(0.8, 1.6, count)).astype(np.int64)
        )
        instance.settled(
            city.settle(
                rng,
                hoarder,
                leaning(rng, places, count),
                hours(rng, days, "desk"),
                care="outpatient",
                total=np.maximum(pieces, 2_500),
                item=leaning(rng, drugs(rng, 6), count),
                packs=rng.integers(2, 13, count),
                in_scope=True,
                certain=False,
            )
        )
