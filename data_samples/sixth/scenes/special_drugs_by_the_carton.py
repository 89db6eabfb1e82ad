"""Severely ill people draw far more special drugs than they take, at a clinic that asks no question.

Kind of case: a ring of kidney patients whose cartons filled a tricycle; two doctors reported it.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds, season
from data_samples.sixth.sizes import amounts, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import host, owners
from data_samples.third.goods import drugs


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Two or three months of supply every few weeks, by few doctors of one hospital."""
    span = season(city, rng, strength, 70, 420)
    ring, hospital = owners(city, rng, whole(rng, strength, 1, 12), age=(30, 92)), host(city, rng, "hospital")
    turn, days = rounds(rng, len(ring), span, rarer(rng, strength, 10, 30))
    drug = rng.choice(drugs(rng, 4, watched=True), len(ring))
    supply = rng.choice([56, 60, 84, 90], len(turn))
    instance = city.instance("oversupply", strength=strength)
    instance.subject("group").member("person", ring)
    instance.settled(
        city.settle(
            rng,
            ring[turn],
            hospital,
            at_desk(rng, days, 0.0),
            care="special_outpatient",
            programme=6,
            total=amounts(rng, len(turn), 600, 3_500),
            item=drug[turn],
            lines=1,
            supply=supply,
            packs=np.maximum(supply // int(rng.choice([7, 10, 14])), 2),
            doctor=rng.integers(0, 3, len(turn)),
            certain=False,
        )
    )
