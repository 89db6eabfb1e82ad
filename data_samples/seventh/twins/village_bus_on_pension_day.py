"""A bus brings villagers to town on the day after the pension, and many go to the shop at the stop.

Lawful because the passengers change, and each buys what is missing at home.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import sessions
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Once a month in the morning."""
    shop = host(city, rng)
    days = city.period.month_starts + int(rng.integers(9, 20))
    counts = rng.integers(4, 16, len(days))
    when = np.repeat(days, counts)
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, 90, shop), len(when)),
        shop,
        sessions(rng, when, (8.8, 10.2), 3.0),
        total=bills(rng, len(when), 25, 170),
        certain=False,
    )
    about(city, city.instance("card_concentration", lookalike=True), shop).settled(handles)
