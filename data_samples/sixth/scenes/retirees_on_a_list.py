"""A dealer gives retired people a list of drugs, and fetches what they have drawn on a certain day of the week.

Kind of case: pensioners of a chat group draw more than they need and sell it for three fifths of the price.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, on_the, rounds, season
from data_samples.sixth.sizes import amounts, favored, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import host, neighbors, several
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each goes to the usual places of the neighborhood, and adds the list to what is needed."""
    span = season(city, rng, strength, 60, 400, since_reform(city))
    place = host(city, rng, "primary_care")
    retired = neighbors(city, rng, whole(rng, strength, 4, 40), place, categories=("retired",))
    others = several(city, rng, 4, "primary_care", "hospital")
    fetched = int(rng.integers(7))
    turn, days = rounds(rng, len(retired), span, rarer(rng, strength, 9, 34))
    days = np.maximum(on_the(days + 2, fetched) - rng.integers(0, 3, len(days)), span[0])
    at = at_desk(rng, days, 0.05)
    items = drugs(rng, int(rng.integers(2, 6)), watched=True)
    instance = city.instance("high_risk_drug_watch", strength=strength)
    instance.subject("group").member("person", retired)
    instance.settled(
        city.settle(
            rng,
            retired[turn],
            np.where(rng.random(len(turn)) < 0.75, place, rng.choice(others, len(turn))),
            at,
            care="outpatient",
            total=amounts(rng, len(turn), 150, 450),
            item=favored(rng, items, len(turn)),
            packs=rng.integers(2, 9, len(turn)),
            certain=False,
        )
    )
