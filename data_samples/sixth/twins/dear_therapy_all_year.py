"""Patients whose treatment is dear reach the limit of the year months before it ends.

Lawful because their bills have been the same from the beginning of the treatment.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, own_round
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Every two weeks at one hospital."""
    hospital = host(city, rng, "hospital")
    patients = neighbors(city, rng, int(any_of(rng, 1, 6)), hospital, categories=("active", "retired"))
    item = int(drugs(rng, 1)[0])
    instance = about(city, city.instance("cap_rush", lookalike=True), hospital).member("person", patients)
    for person in patients.tolist():
        days = own_round(rng, (since_reform(city), city.period.last_day), 14.0)
        instance.settled(
            city.settle(
                rng,
                person,
                hospital,
                at_desk(rng, days, 0.0),
                care="outpatient",
                total=amounts(rng, len(days), 900, 1_500, 4_000),
                item=item,
                in_scope=True,
                certain=False,
            )
        )
