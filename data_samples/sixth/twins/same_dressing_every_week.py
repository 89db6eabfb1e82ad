"""A wound is dressed every week for the same fee; one of the bills is settled by hand because the card failed.

Lawful because each bill has a day of its own.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.sizes import amounts
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, owner
from data_samples.third.pace import between, every_day, since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Six to twelve weeks at the clinic of the neighborhood."""
    person = owner(city, rng, age=(30, 92))
    clinic = nearby(city, rng, person, "clinic")
    span = stretch(city, rng, 7 * int(rng.integers(6, 13)), since_reform(city))
    days = every_day(span)[::7]
    at, by_card = between(rng, days, 8.2, 11.5), np.arange(len(days)) != len(days) // 2
    fields: dict[str, Any] = {
        "care": "outpatient",
        "item": 7,
        "lines": 1,
        "packs": 1,
        "doctor": 0,
        "certain": False,
    }
    fee = int(amounts(rng, 1, 40, 110)[0])
    instance = city.instance("duplicate_benefit", lookalike=True).subject("person", person)
    instance.settled(city.settle(rng, person, clinic, at[by_card], total=fee, **fields))
    late = np.minimum(days[~by_card] + 8, city.period.last_day) * DAY + second(15.0)
    instance.settled(
        city.settle(
            rng,
            person,
            clinic,
            late,
            total=fee,
            channel="manual",
            served=days[~by_card],
            prescribed=at[~by_card],
            **fields,
        )
    )
