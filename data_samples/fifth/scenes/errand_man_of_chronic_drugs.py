"""An errand man drives chronic patients from one institution to the next, and buys from them what they do not take.

Kind of case: rings that resell chronic medicines; every prescription is sound, and there are far too many of them.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import grown, spells
from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import number, portion, sums, uneven, wide
from data_samples.fourth.rhythm import phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, several
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import since_reform, usual


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Patients of different districts, who fall ill of other things too; a tour has one or two of them at a time."""
    sellers = owners(city, rng, number(rng, strength, 2, 12), age=(45, 92))
    places = several(
        city, rng, number(rng, strength, 3, 12), "hospital", "primary_care", "pharmacy", "clinic"
    )
    desks = several(city, rng, 3, "hospital", "primary_care")
    wanted = drugs(rng, int(rng.integers(1, 4)), watched=True)
    days = spells(rng, phase(city, rng, strength, 90, 520, since_reform(city)))
    instance = city.instance("professional_buyer", strength=strength).subject("person", sellers)
    share, packs = portion(rng, strength, 0.55, 0.95), portion(rng, strength, 0.15, 0.5)
    for seller in sellers.tolist():
        at = np.sort(usual(city, rng, grown(rng, days, number(rng, strength, 4, 42)), "other"))
        mine = mixed(rng, len(at), wanted, share)
        handles = buy_or_visit(
            city,
            rng,
            seller,
            uneven(rng, places, len(at), wide(rng, 0.5, 4.0)),
            at,
            desks=desks,
            total=sums(rng, len(at), 160, 700, 3_500),
            item=mine,
            packs=np.minimum(1 + rng.geometric(packs, len(at)), 20),
            supply=rng.choice([14, 28, 30], len(at)),
            diagnosis=int(rng.integers(1, 60)),
            certain=False,
        )
        instance.settled(handles[np.isin(mine, wanted)])
