"""Residents with hypertension or diabetes are billed under their program after employees' programs have ended.

Lawful because the residents' policy is unchanged.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Every month at the health center."""
    center = host(city, rng, "primary_care")
    patients = neighbors(city, rng, int(any_of(rng, 3, 20)), center, categories=("resident",), age=(45, 95))
    programme = rng.integers(0, 6, len(patients))
    span = stretch(city, rng, int(any_of(rng, 90, 400)), since_reform(city))
    turn, days = rounds(rng, len(patients), span, any_of(rng, 26, 36))
    instance = about(city, city.instance("closed_policy_use", lookalike=True), center)
    instance.member("person", patients)
    instance.settled(
        city.settle(
            rng,
            patients[turn],
            center,
            at_desk(rng, days, 0.0),
            care="chronic_outpatient",
            programme=programme[turn],
            total=amounts(rng, len(turn), 120, 380),
            certain=False,
        )
    )
