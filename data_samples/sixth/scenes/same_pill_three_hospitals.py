"""A patient has the same substance prescribed at several places before the last supply is used up.

Kind of case: the same drug across departments and institutions, to be sold.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, own_round, season
from data_samples.sixth.sizes import amounts, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import owner, several
from data_samples.third.pace import since_reform


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Two brands of one substance, a month of supply each time."""
    span = season(city, rng, strength, 40, 360, since_reform(city))
    person, drug = owner(city, rng, age=(35, 90)), _substance(rng)
    stops = several(city, rng, whole(rng, strength, 3, 7), "hospital", "primary_care", "clinic")
    days = own_round(rng, span, rarer(rng, strength, 3, 12))
    # A place is not visited twice in a row.
    order = np.concatenate([rng.permutation(stops) for _ in range(len(days) // len(stops) + 1)])[: len(days)]
    instance = city.instance("cross_provider_same_drug", strength=strength).subject("person", person)
    instance.settled(
        city.settle(
            rng,
            person,
            order,
            at_desk(rng, days),
            care="outpatient",
            total=amounts(rng, len(days), 90, 420),
            item=rng.choice(drug, len(days)),
            packs=rng.integers(2, 6, len(days)),
            supply=rng.choice([28, 30, 30, 60], len(days)),
            lines=1,
            certain=False,
        )
    )


def _substance(rng: np.random.Generator) -> Ints:
    """Two brands: items with the numbers 2 k and 2 k + 1 have one substance; none is of traditional medicine."""
    first = 2 * np.arange(2, 140)
    both = first[(first % 9 != 4) & ((first + 1) % 9 != 4)]
    chosen = int(rng.choice(both))
    return np.array([chosen, chosen + 1], dtype=np.int64)
