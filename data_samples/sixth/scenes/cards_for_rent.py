"""A collector rents cards by the month and goes round with them for drugs that are easily sold again.

Kind of case: cards rented from card rooms and markets; drugs beyond the label at several institutions in a short time.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds, season
from data_samples.sixth.sizes import amounts, favored, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import owners, several
from data_samples.third.goods import drugs
from data_samples.third.pace import since_reform

_MOST_PACKS = 12


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each card goes to different places every few days; some are given back early."""
    span = season(city, rng, strength, 40, 320, since_reform(city))
    cards = owners(city, rng, whole(rng, strength, 2, 16))
    stops = several(city, rng, whole(rng, strength, 3, 9), "primary_care", "hospital", "pharmacy")
    desks = several(city, rng, 3, "primary_care", "clinic")
    instance = city.instance("professional_buyer", strength=strength)
    instance.subject("group").member("person", cards)
    turn, days = rounds(rng, len(cards), span, rarer(rng, strength, 6, 30))
    instance.settled(
        buy_or_visit(
            city,
            rng,
            cards[turn],
            favored(rng, stops, len(turn)),
            at_desk(rng, days),
            desks=desks,
            total=amounts(rng, len(turn), 120, 520),
            item=favored(rng, drugs(rng, int(rng.integers(2, 7)), watched=True), len(turn)),
            packs=rng.integers(2, _MOST_PACKS, len(turn)),
            certain=False,
        )
    )
