"""A lent card: its owner is treated at home while a stranger uses it across the city."""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.dice import bills, geometric, normal, of
from data_samples.third.pace import between, outings, stretch


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The stranger comes on days of his own; now and then both are at a counter within minutes."""
    person = owner(city, rng)
    home = nearby(city, rng, person, str(rng.choice(["clinic", "primary_care"])))
    away = farthest(city, rng, home, "pharmacy")
    span = stretch(city, rng, normal(rng, of(strength, 120, 180, 240), 0.3, 60, 400))
    meetings = outings(rng, span, geometric(rng, of(strength, 1.5, 3.0, 6.0), of(strength, 1, 2, 3), 20))
    at_home = between(rng, meetings, 8.5, 17.0)
    apart = np.exp(rng.uniform(np.log(3), np.log(of(strength, 26, 20, 14)), len(meetings))) * MINUTE
    at_away = at_home + (apart * rng.choice([-1, 1], len(meetings))).astype(np.int64)
    own = city.settle(
        rng, person, home, at_home, care="outpatient", total=bills(rng, len(meetings), 110, 0.5)
    )
    lent = city.settle(
        rng,
        person,
        away,
        at_away,
        total=bills(rng, len(meetings), 140, 0.6),
        credential=rng.choice([0, 2], len(meetings)),
        care="pharmacy",
    )
    alone = between(rng, outings(rng, span, geometric(rng, of(strength, 4, 6, 9), 2, 30)), 9, 20)
    more = city.settle(rng, person, away, alone, total=bills(rng, len(alone), 120, 0.6))
    instance = city.instance("impossible_travel", strength=strength).subject("person", person)
    instance.settled(own).settled(lent).settled(more)
