"""A patient with an inflamed gut has dear infusions all year, and reaches the cap before it ends.

Lawful because they come every few weeks from January on, at one hospital, and go on after New Year.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import hours, renewals
from data_samples.seventh.measure import between_any
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, patient
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The sums are those of the drug."""
    sick = patient(city, rng, categories=("active", "retired", "flexible"), age=(20, 70))
    hospital = nearby(city, rng, sick, "hospital")
    days = renewals(rng, (since_reform(city), city.period.last_day), between_any(rng, 12, 24))
    price = int(between_any(rng, 900, 1_500) * 100)
    instance = city.instance("cap_rush", lookalike=True).subject("person", sick)
    instance.settled(
        city.settle(
            rng,
            sick,
            hospital,
            hours(rng, days, "desk"),
            care="outpatient",
            total=price,
            item=int(drugs(rng, 1)[0]),
            packs=1,
            lines=1,
            doctor=2,
            diagnosis=21,
            in_scope=True,
            certain=False,
        )
    )
