"""A couple has the same drug prescribed for both of them everywhere, and supplies a nephew's stall with it.

Kind of case: quantities far beyond any dose, gathered over several institutions that do not see each other.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import extent, number, portion, sums, uneven
from data_samples.fourth.rhythm import habit, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import several
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import since_reform, usual


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each place sees a patient who comes for a month's supply in time; together it is several times the need."""
    couple = city.pick_relatives(rng, 1, living_together=True)[0, :2]
    district = int(city.people.district[couple[0]])
    desks = several(
        city, rng, number(rng, strength, 2, 6), "primary_care", "clinic", "hospital", district=district
    )
    places = np.r_[desks, several(city, rng, number(rng, strength, 1, 5), "pharmacy", district=district)]
    span = phase(city, rng, strength, 100, 420, since_reform(city))
    wanted = drugs(rng, int(rng.integers(1, 4)), watched=rng.random() < 0.5)
    gap = 30.0 / extent(rng, strength, 1.3, 6.0)
    instance = city.instance("oversupply", strength=strength).subject("person", couple)
    for person in couple.tolist():
        at = usual(city, rng, habit(rng, span, gap), "other")
        instance.settled(
            buy_or_visit(
                city,
                rng,
                person,
                uneven(rng, places, len(at), 3.0),
                at,
                desks=desks,
                total=sums(rng, len(at), 120, 430),
                item=mixed(rng, len(at), wanted, portion(rng, strength, 0.6, 0.95)),
                packs=rng.integers(2, 6, len(at)),
                supply=np.where(rng.random(len(at)) < 0.8, rng.choice([28, 30, 60], len(at)), -1),
                certain=False,
            )
        )
