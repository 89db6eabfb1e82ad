"""The staff of a shop and their employer's office run their own cards at their own till.

Kind of case: employees of an institution who settled on their own cards what nobody bought.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import colleagues, honest_days, own_needs
from data_samples.seventh.diary import hours
from data_samples.seventh.measure import bills, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import closest, suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Towards the end of a month, when the turnover is short; they also buy for themselves elsewhere."""
    staff = colleagues(city, rng, how_many(rng, strength, 2, 9))
    if len(staff) == 0:
        return
    shop = suspect(city, rng)
    starts = city.period.month_starts
    ends = np.r_[starts[1:], city.period.last_day + 1] - 1
    ends = ends[ends > since_reform(city) + 12]
    months = np.sort(rng.choice(ends, min(how_many(rng, strength, 2, 14), len(ends)), replace=False))
    each = how_many(rng, strength, 1, 5)
    who = np.tile(np.repeat(staff, each), len(months))
    days = np.repeat(months, each * len(staff)) - rng.integers(0, 9, len(who))
    instance = city.instance("staff_self_dealing", strength=strength)
    instance.subject("provider", shop).member("person", staff)
    instance.settled(
        city.settle(
            rng,
            who,
            shop,
            hours(rng, days, "evening" if rng.random() < 0.5 else "shop"),
            total=bills(rng, len(who), 90, 430),
            certain=False,
        )
    )
    span = (since_reform(city), city.period.last_day)
    own_needs(city, rng, staff, int(closest(city, shop, "pharmacy")[0]), span)
    honest_days(city, rng, shop, span)
