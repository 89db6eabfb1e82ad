"""A village cadre collects cards "for the yearly check" and brings them to a health center in a bag, some at a time.

Kind of case: cards of whole villages, for which the owners get oil, rice or a tenth of the money.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import in_a_row, spells
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import spare, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import chance
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import since_reform


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Neighbors and couples among them; no bag is complete, none has the same order, and the counter is always his."""
    center = suspect(city, rng, str(rng.choice(["primary_care", "hospital", "clinic"], p=[0.6, 0.2, 0.2])))
    cards = city.pick_people(
        rng,
        spare(city, number(rng, strength, 6, 70), 5),
        district=int(city.places.district[center]),
        unrelated=chance(rng, 0.4),
        age=(35, 98),
    )
    instance = city.instance("card_concentration", strength=strength).subject("provider", center)
    used: set[int] = set()
    days = spells(rng, phase(city, rng, strength, 20, 380, since_reform(city)))
    bags = np.sort(rng.choice(days, min(number(rng, strength, 2, 16), len(days)), replace=False))
    there, favored = portion(rng, strength, 0.35, 0.9), drugs(rng, 5, watched=chance(rng, 0.3))
    level, gap = wide(rng, 70, 420), wide(rng, 1.2, 14.0)
    for day in bags.tolist():
        bag = rng.permutation(cards[rng.random(len(cards)) < there])
        bag = bag if len(bag) else cards[:1]
        used |= set(bag.tolist())
        at = in_a_row(rng, np.full(len(bag), day), (8.0, 17.0), gap)
        handles = city.settle(
            rng,
            bag,
            center,
            at,
            care="outpatient",
            total=sums(rng, len(bag), level * 0.7, level * 1.4, 3_000),
            item=mixed(rng, len(bag), favored, 0.7),
            counter=int(rng.integers(city.places.counters[center])),
            certain=False,
        )
        instance.settled(handles)
    instance.member("person", sorted(used))
    customers(city, rng, center, bags, wide(rng, 1.0, 8.0))
