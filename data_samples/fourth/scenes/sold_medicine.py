"""A chronic patient sells what he does not need: real doctors, real illnesses, too much of what a collector buys.

Kind of case: collectors of returned medicines pay 40 to 50 % of the price to patients whose prescriptions each look
clinically sound, because what is sold is mixed with what is needed.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import patient, several
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import since_reform, usual


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Many counters, none of them often; the collector's list is a part of every basket only."""
    seller = patient(city, rng, age=(46, 84), account=True)
    desks = several(city, rng, number(rng, strength, 2, 7), "primary_care", "hospital", "clinic")
    places = np.r_[desks, several(city, rng, number(rng, strength, 1, 7), "pharmacy")]
    span = phase(city, rng, strength, 90, 420, since_reform(city))
    at = usual(city, rng, bursts(rng, span, number(rng, strength, 14, 110)), "other")
    wanted = drugs(rng, int(rng.integers(2, 6)), watched=True)
    handles = buy_or_visit(
        city,
        rng,
        seller,
        uneven(rng, places, len(at)),
        at,
        desks=desks,
        total=sums(rng, len(at), 150, 620),
        item=mixed(rng, len(at), wanted, portion(rng, strength, 0.4, 0.85)),
        packs=rng.integers(2, 7, len(at)),
        lines=rng.integers(1, 4, len(at)),
    )
    city.instance("professional_buyer", strength=strength).subject("person", seller).settled(handles)
