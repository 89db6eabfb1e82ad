"""A pensioner's card pays for a grandson who is insured nowhere: children's drugs on the record of an old person.

Kind of case: one card for the whole family, seen in the age that a drug is for.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.goods import limited
from data_samples.third.pace import since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Colds come in clusters; drugs are prescribed at the clinic and bought at the shop around the corner."""
    grandparent = owner(city, rng, categories=("retired",), age=(55, 90))
    days = flow(rng, season(city, rng, strength, 60, 420, since_reform(city)), whole(rng, strength, 2, 18))
    places = np.array([nearby(city, rng, grandparent, kind) for kind in ("clinic", "pharmacy")])
    instance = city.instance("age_incompatible_item", strength=strength).subject("person", grandparent)
    instance.settled(
        buy_or_visit(
            city,
            rng,
            grandparent,
            favored(rng, places, len(days)),
            at_desk(rng, days, 0.4),
            desks=places[:1],
            total=amounts(rng, len(days), 40, 160),
            item=np.array([limited(rng, "child") for _ in days]),
            certain=False,
        )
    )
