"""Patients take a drug of the watch list for life.

Lawful because each has one prescriber, and buys a month of supply a month.
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
    """One box or two, every twenty-nine to thirty-three days."""
    hospital = host(city, rng, "hospital")
    patients = neighbors(city, rng, int(any_of(rng, 3, 16)), hospital, age=(30, 90))
    items = rng.choice(drugs(rng, 5, watched=True), len(patients))
    instance = about(city, city.instance("high_risk_drug_watch", lookalike=True), hospital)
    instance.member("person", patients)
    for number, person in enumerate(patients.tolist()):
        start = since_reform(city) + int(rng.integers(0, 30))
        days = start + np.cumsum(np.r_[0, rng.integers(29, 34, 40)])
        days = days[days <= city.period.last_day]
        instance.settled(
            city.settle(
                rng,
                person,
                hospital,
                at_desk(rng, days, 0.0),
                care="outpatient",
                total=amounts(rng, len(days), 200, 420, 2_000),
                item=int(items[number]),
                packs=int(rng.integers(1, 3)),
                lines=1,
                supply=30,
                doctor=number % 7,
                certain=False,
            )
        )
