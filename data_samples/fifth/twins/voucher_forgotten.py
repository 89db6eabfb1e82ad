"""Customers come back to the counter with the voucher that they forgot: the bill is taken back and made anew.

The auditor: once for each customer, within the hour, the new bill lower by what the voucher is worth, and the till
balances in the evening.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import business
from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import after
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Different customers in a week or a season of vouchers."""
    shop = host(city, rng)
    days = business(city, rng, int(rng.integers(1, 4)), (7, 120), several_of(rng, 5, 60))
    people = passers_by(city, rng, len(days), shop)
    days = days[: len(people)]
    at = between(rng, days, 9.0, 19.0)
    total, item = sums(rng, len(at), 80, 300, 2_000), rng.integers(1, 280, len(at))
    bill = city.settle(rng, people, shop, at, total=total, item=item, lines=1)
    back = after(rng, at, 2, 50)
    city.reverse(bill, back)
    worth = rng.choice([500, 1_000, 2_000, 3_000], len(at))
    anew = city.settle(
        rng,
        people,
        shop,
        after(rng, back, 0.5, 6),
        total=np.maximum(total - worth, 300),
        item=item,
        lines=1,
        certain=False,
    )
    about(city, city.instance("refund_resettle_loop", lookalike=True), shop).settled(bill).settled(anew)
