"""A relative without insurance is treated on somebody's card for months."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import bills, geometric, normal, of
from data_samples.third.goods import limited
from data_samples.third.pace import outings, stretch, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Most of it could be the owner's own; some drugs are only for the other sex."""
    person = owner(city, rng, age=(24, 60))
    other = "female" if city.people.male[person] else "male"
    span = stretch(city, rng, normal(rng, of(strength, 90, 150, 220), 0.3, 40, 400))
    places = [nearby(city, rng, person, kind) for kind in ("hospital", "primary_care")]
    days = outings(rng, span, geometric(rng, of(strength, 5, 8, 13), 3, 40))
    count = len(days)
    telling = rng.random(count) < of(strength, 0.3, 0.45, 0.6)
    telling[rng.integers(count)] = True
    ordinary = (rng.random(count) ** 1.6 * 280).astype(np.int64)
    handles = city.settle(
        rng,
        person,
        rng.choice(places, count),
        usual(city, rng, days, "other"),
        care="outpatient",
        total=bills(rng, count, 190, 0.6),
        item=np.where(telling, limited(rng, other), ordinary),
        lines=np.where(telling, 1, rng.choice([1, 2, 3], count)),
        credential=2,
    )
    city.instance("impersonation", strength=strength).subject("person", person).settled(handles)
