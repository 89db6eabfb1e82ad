"""The pharmacy next door: prescriptions of the clinic go there, because it is near, and after they were written."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, closest, passers_by, pooled_pharmacy
from data_samples.third.dice import bills, normal, paretos, thinned
from data_samples.third.goods import prescribed
from data_samples.third.pace import every_day, since_reform, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One doctor, one pharmacy, hundreds of prescriptions, each a quarter of an hour old."""
    first = since_reform(city)
    shop = pooled_pharmacy(city, rng, first, alone=False)
    desk = int(closest(city, shop, "clinic")[0])
    days = thinned(rng, every_day(stretch(city, rng, normal(rng, 170, 0.35, 56, 340), first)), 0.55, 3)
    when = np.repeat(days, paretos(rng, len(days), 1.4, 2.2, 30))
    at = usual(city, rng, when, "other")
    guests = rng.choice(passers_by(city, rng, 3 * len(when), shop), len(when))
    handles = city.settle(
        rng,
        guests,
        shop,
        at,
        total=bills(rng, len(when), 110, 0.6),
        certain=False,
        **prescribed(city, rng, desk, at, doctor=0, minutes=(5, 45)),
    )
    about(city, city.instance("doctor_pharmacy_concentration", lookalike=True), shop).settled(handles)
