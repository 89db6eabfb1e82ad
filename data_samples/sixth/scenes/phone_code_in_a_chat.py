"""A picture of the payment code goes to a friend in another town, who buys while its owner is at the doctor's.

Kind of case: electronic credentials passed on in a chat; one code in two places.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, any_of, whole
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, nearby, owner


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The friend buys minutes before or after the owner's own bill, some fifty kilometers away."""
    person = owner(city, rng, age=(20, 70))
    home = nearby(city, rng, person, "clinic")
    shop = farthest(city, rng, home, "pharmacy")
    days = np.unique(flow(rng, season(city, rng, strength, 40, 360), whole(rng, strength, 2, 22)))
    at = at_desk(rng, days, 0.1)
    city.settle(rng, person, home, at, care="outpatient", credential=0, certain=False)
    apart = (
        rng.choice([-1, 1], len(days)) * any_of(rng, 2, 14) * MINUTE * rng.gamma(1.5, 1.0, len(days))
    ).astype(int)
    instance = city.instance("impossible_travel", strength=strength).subject("person", person)
    instance.settled(
        city.settle(
            rng,
            person,
            shop,
            at + np.clip(apart, -40 * MINUTE, 40 * MINUTE),
            total=amounts(rng, len(days), 60, 380),
            credential=0,
        )
    )
