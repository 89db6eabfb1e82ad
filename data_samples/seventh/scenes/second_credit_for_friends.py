"""A payroll clerk books a second monthly credit for friends, in months with many corrections.

Kind of case: personal accounts credited twice for the same month by somebody at the payroll desk.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import colleagues
from data_samples.seventh.measure import how_many
from data_samples.third.acts import scene
from data_samples.third.cast import spare


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some months of the year, the full sum or a part of it."""
    wanted = spare(city, how_many(rng, strength, 1, 26))
    friends = colleagues(city, rng, wanted)
    starts = city.period.month_starts
    instance = city.instance("credit_rule_violation", strength=strength).subject("payer_account", friends)
    months = rng.choice(len(starts), min(how_many(rng, strength, 1, 9), len(starts)), replace=False)
    for friend in friends.tolist():
        due = city.due(friend)
        for month in np.sort(months).tolist():
            fen = int(due[month] * rng.choice([1.0, 1.0, 0.5]))
            if fen > 0 and (month == months[0] or rng.random() < 0.85):
                city.extra_credit(friend, int(starts[month]) + int(rng.integers(14, 27)), fen, month)
                instance.worth(fen)
