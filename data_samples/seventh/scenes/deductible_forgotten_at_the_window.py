"""A hospital's interface pays the deductible of the day out of the fund for the bills of one window.

Kind of case: benefits paid at wrong values after a change of the interface, found in an audit of the accounts.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same few sums too much for each bill, until somebody compares the books."""
    hospital = suspect(city, rng, "hospital")
    span = campaign(city, rng, strength, 10, 170, since_reform(city))
    days = busy_days(rng, span, how_many(rng, strength, 8, 130))
    extra = rng.choice(np.array([1_500, 2_000, 4_000, 6_000]), 2, replace=False)
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, len(days), hospital), len(days)),
        hospital,
        hours(rng, days, "desk"),
        care="outpatient",
        total=bills(rng, len(days), 220, 800),
        in_scope=True,
        counter=1,
        certain=False,
    )
    city.misprice(handles, pool_fen=rng.choice(extra, len(days)))
    instance = city.instance("benefit_recalc_mismatch", strength=strength)
    instance.subject("provider", hospital).settled(handles)
    honest_days(city, rng, hospital, span)
