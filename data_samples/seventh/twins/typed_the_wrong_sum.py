"""A new cashier types wrong sums, and corrects them while the customer waits.

Lawful because there is one correction for each purchase, and the right sum stays.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, minutes_after
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """In the first weeks; other customers have no correction."""
    shop = host(city, rng)
    count = int(between_any(rng, 4, 18))
    days = busy_days(rng, stretch(city, rng, int(rng.integers(10, 40))), count)
    guests = passers_by(city, rng, 4 * count, shop)[:count]
    days = days[: len(guests)]
    at, right = between(rng, days, 8.5, 20.5), bills(rng, len(guests), 30, 160)
    wrong = city.settle(rng, guests, shop, at, total=right * 10, purse="cash", counter=1, doctor=-1)
    back = minutes_after(rng, at, 1, 6)
    city.reverse(wrong, back)
    again = city.settle(rng, guests, shop, back + 70, total=right, counter=1, doctor=-1, certain=False)
    about(city, city.instance("refund_resettle_loop", lookalike=True), shop).settled(wrong).settled(again)
