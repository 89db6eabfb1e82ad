"""A place has only a part of the packs, and the patient gets the rest elsewhere within some days.

Lawful because both parts together are the month that was prescribed.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import hours, renewals
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, owner
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Every month for some time, while the drug is scarce."""
    sick = owner(city, rng, age=(40, 90))
    places = np.array([nearby(city, rng, sick, kind) for kind in ("primary_care", "hospital")])
    days = renewals(rng, stretch(city, rng, int(rng.integers(90, 260)), since_reform(city)), 33)
    days = days[days < city.period.last_day - 4]
    rest = days + rng.integers(1, 4, len(days))
    instance = city.instance("cross_provider_same_drug", lookalike=True).subject("person", sick)
    item, price = int(drugs(rng, 1)[0]), int(bills(rng, 1, 60, 180)[0])
    for place, when in zip(places.tolist(), (days, rest), strict=True):
        instance.settled(
            city.settle(
                rng,
                sick,
                place,
                hours(rng, when, "desk"),
                care="outpatient",
                total=price,
                item=item,
                packs=1,
                supply=15,
                lines=1,
                diagnosis=3,
                certain=False,
            )
        )
