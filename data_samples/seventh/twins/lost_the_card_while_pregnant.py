"""A woman with a difficult pregnancy is seen by many departments, and changes to the telephone after losing the card.

Lawful because everything is of one illness and one hospital, and the card is never used again.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import women
from data_samples.seventh.diary import hours, renewals
from data_samples.seventh.measure import between_any, bills, leaning
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Every week or two, until the birth."""
    woman = women(city, rng, 1, age=(23, 40))
    if len(woman) == 0:
        return
    hospital = nearby(city, rng, int(woman[0]), "hospital")
    days = renewals(rng, stretch(city, rng, 210, since_reform(city)), between_any(rng, 7, 12))
    lost = int(rng.integers(1, max(2, len(days))))
    instance = city.instance("impersonation", lookalike=True).subject("person", woman)
    instance.settled(
        city.settle(
            rng,
            int(woman[0]),
            hospital,
            hours(rng, days, "desk"),
            care="outpatient",
            total=bills(rng, len(days), 80, 320),
            credential=np.where(np.arange(len(days)) < lost, 2, 0),
            diagnosis=7,
            doctor=leaning(rng, np.arange(6), len(days)),
            certain=False,
        )
    )
