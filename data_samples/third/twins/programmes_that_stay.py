"""Special diseases keep their programme, and so do residents with two diseases: only employees' chronic ones ended."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import bills
from data_samples.third.pace import about_every, since_reform, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A health center with both kinds of patients, month after month since the reform."""
    place = host(city, rng, "primary_care")
    residents = neighbors(city, rng, 6, place, categories=["resident"], age=(45, 95))
    special = neighbors(city, rng, 3, place, account=True, age=(40, 95))
    span = (since_reform(city), city.period.last_day)
    instance = about(city, city.instance("closed_policy_use", lookalike=True), place)
    for person in residents.tolist():
        days = about_every(rng, span, 30, 0.15)
        at, total = usual(city, rng, days, "other"), bills(rng, len(days), 180, 0.3)
        programme = int(rng.integers(0, 6))
        handles = city.settle(
            rng, person, place, at, care="chronic_outpatient", programme=programme, total=total, certain=False
        )
        instance.settled(handles)
    for person in special.tolist():
        days = about_every(rng, span, 12, 0.2)
        at, total = usual(city, rng, days, "other"), bills(rng, len(days), 430, 0.3)
        handles = city.settle(
            rng, person, place, at, care="special_outpatient", programme=6, total=total, certain=False
        )
        instance.settled(handles)
