"""A patient with three illnesses goes to three specialists, each of whom writes a monitored drug.

Lawful because each drug has one place, one doctor and one illness, and is renewed when it ends.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import hours, renewals
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import patient, several
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Every four weeks, often two places in a week."""
    sick = patient(city, rng, age=(40, 85))
    places = several(city, rng, 3, "hospital", "primary_care")
    span = stretch(city, rng, int(rng.integers(180, 430)), since_reform(city))
    items = drugs(rng, len(places), watched=True)
    instance = city.instance("professional_buyer", lookalike=True).subject("person", sick)
    for number, (place, item) in enumerate(zip(places.tolist(), items.tolist(), strict=True)):
        days = renewals(rng, span, 30)
        days = days[np.r_[True, np.diff(days) >= 26]]
        instance.settled(
            city.settle(
                rng,
                sick,
                place,
                hours(rng, days, "desk"),
                care="outpatient",
                total=int(bills(rng, 1, 160, 460)[0]),
                item=item,
                packs=1,
                supply=28,
                lines=1,
                doctor=number,
                diagnosis=3 + 9 * number,
                certain=False,
            )
        )
