"""Weeks of pollen: pharmacies of the city sell two drugs to many people, who come once a week."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import passers_by, several
from data_samples.third.goods import drugs
from data_samples.third.pace import stretch


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Small bills at a few shops."""
    span, items = stretch(city, rng, int(any_of(rng, 20, 60))), drugs(rng, 2)
    for shop in several(city, rng, 3, "pharmacy").tolist():
        people = passers_by(city, rng, max(4, city.people.insured // 500), shop)
        turn, days = rounds(rng, len(people), span, 8.0)
        city.settle(
            rng,
            people[turn],
            shop,
            at_desk(rng, days, 0.4),
            total=amounts(rng, len(turn), 20, 60, 200),
            item=rng.choice(items, len(turn)),
            packs=1,
            certain=False,
        )
