"""Somebody saves for years and spends the whole balance in an afternoon, on hearing aids or a wheelchair.

The auditor: the device has a serial number, the fitting is on record, and accounts may pay for it.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import chance
from data_samples.third.pace import between


@twin(14)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One or two bills that take nearly all there is; years of quiet before."""
    person = owner(city, rng, age=(45, 96))
    saved = int(sums(rng, 1, 2_500, 9_000, 60_000)[0])
    city.set_opening(person, saved)
    shop = nearby(city, rng, person)
    day = int(rng.integers(city.period.first_day + 2, city.period.last_day - 20))
    times = 2 if chance(rng, 0.4) else 1
    days = np.sort(np.array([day, day + several_of(rng, 1, 18)])[:times])
    spent = np.full(times, int(saved * rng.uniform(0.7, 1.0)) // times)
    handles = city.settle(
        rng,
        person,
        shop,
        between(rng, days, 10.0, 17.5),
        total=spent,
        item_kind="device",
        lines=1,
        packs=times,
        certain=False,
    )
    city.instance("account_cash_out", lookalike=True).subject("payer_account", person).settled(handles)
