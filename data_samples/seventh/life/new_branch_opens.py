"""A pharmacy has opening weeks with lower prices, and many come to have a look.

Nobody is named; most of the customers buy once.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, hours
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import host, passers_by
from data_samples.third.pace import stretch


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Bills are small and different."""
    shop = host(city, rng)
    days = busy_days(rng, stretch(city, rng, int(rng.integers(8, 20))), max(20, city.people.insured // 150))
    city.settle(
        rng,
        rng.choice(passers_by(city, rng, 2 * len(days), shop), len(days)),
        shop,
        hours(rng, days, "shop"),
        total=bills(rng, len(days), 10, 60),
        certain=False,
    )
