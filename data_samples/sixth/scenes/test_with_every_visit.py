"""A health center takes a test with each visit that makes sense four times a year.

Kind of case: the national screen of blood sugar tests repeated within weeks.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds, season
from data_samples.sixth.sizes import amounts, part, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Patients with chronic diseases; a part of their visits has the test."""
    center = suspect(city, rng, "primary_care")
    patients = neighbors(city, rng, whole(rng, strength, 4, 60), center, age=(40, 95))
    span = season(city, rng, strength, 90, 420, since_reform(city))
    turn, days = rounds(rng, len(patients), span, rarer(rng, strength, 14, 42))
    tested = rng.random(len(turn)) < part(rng, strength, 0.35, 0.95)
    test = limited(rng, "test")
    at = at_desk(rng, days, 0.0)
    fields: dict[str, Any] = {"care": "outpatient", "certain": False}
    handles = city.settle(
        rng,
        patients[turn],
        center,
        at,
        item=np.where(tested, test, 7),
        total=amounts(rng, len(at), 90, 260),
        **fields,
    )
    city.instance("over_frequency_test", strength=strength).subject("provider", center).settled(
        handles[tested]
    )
