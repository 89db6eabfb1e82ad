"""A health center goes on billing employees under chronic programs that ended with the reform.

Kind of case: an old code that pays more, left in the form of the program.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds, season
from data_samples.sixth.sizes import amounts, any_of, whole
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import every_day, since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some patients every month; the others of the place are billed as the rule says."""
    if not city.here["chronic_ends"]:
        return
    center = suspect(city, rng, "primary_care")
    span = season(city, rng, strength, 40, 400, since_reform(city))
    patients = neighbors(
        city, rng, whole(rng, strength, 2, 36), center, categories=("active", "retired", "flexible")
    )
    turn, days = rounds(rng, len(patients), span, any_of(rng, 20, 40))
    programme = rng.integers(0, 6, len(patients))
    instance = city.instance("closed_policy_use", strength=strength).subject("provider", center)
    instance.settled(
        city.settle(
            rng,
            patients[turn],
            center,
            at_desk(rng, days, 0.0),
            care="chronic_outpatient",
            programme=programme[turn],
            total=amounts(rng, len(turn), 160, 620),
            certain=False,
        )
    )
    customers(city, rng, center, every_day(span)[:: int(rng.integers(2, 5))], 3.0)
