"""A doctor signs prescriptions on a telephone for one shop, whenever its staff ask, also after the sale.

Kind of case: prescriptions produced without seeing anybody, by the hundred, for a single pharmacy.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.seventh.company import honest_days
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, grade, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """On days with business the doctor writes far more for the shop than for patients of the own clinic."""
    shop, first = pooled_shop(city, rng)
    desk = suspect(city, rng, "clinic")
    span = campaign(city, rng, strength, 40, 360, first)
    days = busy_days(rng, span, how_many(rng, strength, 18, 210))
    at = hours(rng, days, "shop")
    written = at - rng.integers(20, 200, len(at))
    late = rng.random(len(at)) < grade(rng, strength, 0.04, 0.4)
    written = np.where(late, at + rng.integers(60, 4 * 3_600, len(at)), written)
    written = np.minimum(written, days * DAY + second(23.5))
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, len(at), shop), len(at)),
        shop,
        at,
        total=bills(rng, len(at), 80, 310),
        desk=desk,
        doctor=0,
        prescribed=written,
        certain=False,
    )
    instance = city.instance("doctor_pharmacy_concentration", strength=strength)
    instance.subject("provider", shop).settled(handles)
    honest_days(city, rng, desk, span)
    honest_days(city, rng, shop, span)
