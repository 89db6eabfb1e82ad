"""A pharmacy that never closes: it sells at three in the morning, every night, on prescriptions of the evening."""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, closest, passers_by, pooled_pharmacy
from data_samples.third.dice import bills
from data_samples.third.goods import prescribed
from data_samples.third.pace import between, every_day, since_reform


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """From the first day to the last, to somebody else every time; next to a hospital's emergency desk."""
    first = since_reform(city)
    shop = pooled_pharmacy(city, rng, first, alone=False)
    hospital = int(closest(city, shop, "hospital")[0])
    nights = every_day((first, city.period.last_day - 1))
    when = np.repeat(nights, rng.poisson(0.7, len(nights)))
    at = np.minimum(between(rng, when, 22.2, 29.8), (city.period.last_day + 1) * DAY - 60)
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, len(when), shop), len(when)),
        shop,
        at,
        total=bills(rng, len(when), 60, 0.5),
        certain=False,
        **prescribed(city, rng, hospital, at, minutes=(10, 180)),
    )
    about(city, city.instance("fictitious_purchase", lookalike=True), shop).settled(handles)
