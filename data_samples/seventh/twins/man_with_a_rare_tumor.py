"""A man has a tumor that women usually have, and takes the drug that the list allows for women only.

Lawful because a specialist treats him under a special program, every four weeks, always alike.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import men
from data_samples.seventh.diary import hours, renewals
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import host
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One doctor, one drug, the whole time."""
    hospital = host(city, rng, "hospital")
    man = men(city, rng, 1, hospital, age=(45, 85))
    if len(man) == 0:
        return
    days = renewals(rng, stretch(city, rng, int(rng.integers(160, 400)), since_reform(city)), 28)
    instance = city.instance("sex_incompatible_item", lookalike=True).subject("person", man)
    instance.settled(
        city.settle(
            rng,
            int(man[0]),
            hospital,
            hours(rng, days, "desk"),
            care="special_outpatient",
            programme=6,
            total=int(bills(rng, 1, 240, 480)[0]),
            item=limited(rng, "female"),
            packs=1,
            supply=28,
            doctor=1,
            diagnosis=55,
            certain=False,
        )
    )
