"""A shop at the gate of a factory is open at night, and the shift buys there after midnight.

Lawful because its customers are workers of the neighborhood, who buy little and seldom.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Different people each night."""
    shop = host(city, rng)
    days = busy_days(rng, stretch(city, rng, int(rng.integers(60, 260))), int(between_any(rng, 30, 110)))
    at = np.where(rng.random(len(days)) < 0.5, between(rng, days, 0.1, 2.5), between(rng, days, 22.3, 23.9))
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, 120, shop), len(at)),
        shop,
        at,
        total=bills(rng, len(at), 15, 80),
        credential=0,
        certain=False,
    )
    about(city, city.instance("fictitious_purchase", lookalike=True), shop).settled(handles)
