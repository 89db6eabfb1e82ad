"""A chain gives its staff points for every card; on days of a target the counter settles far more than people enter.

Kind of case: a shop with nearly two hundred swipes a day, while fewer than thirty people were counted at its door.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days
from data_samples.seventh.diary import busy_days, campaign, sessions
from data_samples.seventh.measure import bills, falling, grade, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import passers_by, suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Bills follow each other within seconds, in two or three sittings of a day."""
    shop = suspect(city, rng)
    span = campaign(city, rng, strength, 20, 260, since_reform(city))
    days = np.unique(busy_days(rng, span, how_many(rng, strength, 2, 9)))
    counts = np.clip(np.round(grade(rng, strength, 28, 130) * rng.gamma(6.0, 1 / 6, len(days))), 18, 200)
    when = np.repeat(days, counts.astype(np.int64))
    late = rng.random(len(when)) < rng.uniform(0.2, 0.7)
    pool = passers_by(city, rng, max(40, len(when) // 3), shop)
    instance = city.instance("capacity_anomaly", strength=strength).subject("provider", shop)
    for mine, starts in ((when[~late], (12.2, 14.5)), (when[late], (20.5, 22.0))):
        instance.settled(
            city.settle(
                rng,
                leaning(rng, pool, len(mine)),
                shop,
                sessions(rng, mine, starts, falling(rng, strength, 0.3, 1.1)),
                total=bills(rng, len(mine), 25, 160),
                counter=0,
                credential=2,
                certain=False,
            )
        )
    honest_days(city, rng, shop, span)
