"""Patients with a stable disease take twelve weeks of supply at a time.

Lawful because long prescriptions are registered, and the next is written when the last is nearly used up.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Eighty-four days of supply, about every eighty-two days."""
    center = host(city, rng, "primary_care")
    patients = neighbors(city, rng, int(any_of(rng, 4, 22)), center, age=(45, 95))
    span = (since_reform(city), city.period.last_day)
    items = drugs(rng, len(patients))
    instance = about(city, city.instance("oversupply", lookalike=True), center).member("person", patients)
    for person, item in zip(patients.tolist(), items.tolist(), strict=True):
        city.register("long_prescription", person=person, provider=center)
        start = int(rng.integers(span[0], min(span[0] + 84, span[1]) + 1))
        days = start + np.cumsum(np.r_[0, rng.integers(81, 86, 12)])
        days = days[days <= span[1]]
        instance.settled(
            city.settle(
                rng,
                person,
                center,
                at_desk(rng, days, 0.0),
                care="outpatient",
                total=amounts(rng, len(days), 300, 520, 1_500),
                item=item,
                lines=1,
                packs=12,
                supply=84,
                certain=False,
            )
        )
