"""A health center bills the women's package of a check-up week to the men who came along.

Kind of case: gynecological items billed to men, found by screening sex against items.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, men
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """In a week or some of them; most of the men are billed once."""
    center = suspect(city, rng, "primary_care")
    guests = men(city, rng, how_many(rng, strength, 2, 34), center, age=(22, 88))
    if len(guests) == 0:
        return
    span = campaign(city, rng, strength, 6, 60, since_reform(city))
    times = 1 + rng.binomial(2, 0.2, len(guests))
    who = np.repeat(guests, times)
    at = hours(rng, busy_days(rng, span, len(who)), "desk")
    instance = city.instance("sex_incompatible_item", strength=strength)
    instance.subject("provider", center).member("person", guests)
    instance.settled(
        city.settle(
            rng,
            rng.permutation(who),
            center,
            at,
            care="outpatient",
            total=bills(rng, len(who), 60, 260),
            item=limited(rng, "female"),
            certain=False,
        )
    )
    honest_days(city, rng, center, span)
