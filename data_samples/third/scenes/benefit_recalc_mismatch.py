"""A provider's terminal pays active patients as if they were retired, after somebody changed a setting."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import bills, normal, of, paretos, thinned
from data_samples.third.pace import every_day, since_reform, stretch, usual


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A part of the bills of some weeks, by ten points or by whole sums; others of the same days are right."""
    place = suspect(city, rng, str(rng.choice(["primary_care", "hospital"])))
    span = stretch(city, rng, normal(rng, of(strength, 20, 45, 90), 0.4, 8, 200), since_reform(city))
    days = thinned(rng, every_day(span), of(strength, 0.4, 0.6, 0.8), 3)
    when = np.repeat(days, paretos(rng, len(days), of(strength, 0.8, 1.2, 1.8), 2.2, 12))
    when = when if len(when) else days
    guests = rng.choice(passers_by(city, rng, 3 * len(when), place), len(when))
    total = bills(rng, len(when), 260, 0.6)
    handles = city.settle(
        rng, guests, place, usual(city, rng, when, "other"), care="outpatient", total=total, in_scope=True
    )
    city.misprice(handles, (total * of(strength, 0.06, 0.10, 0.2)).astype(np.int64))
    city.instance("benefit_recalc_mismatch", strength=strength).subject("provider", place).settled(handles)
    customers(city, rng, place, days, 1.5)
