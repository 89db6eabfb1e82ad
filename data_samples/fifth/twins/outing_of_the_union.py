"""Pensioners of a works travel by bus once a month; at the stops some of them buy plasters at the same pharmacy.

The auditor: the union has the list of the bus, everybody paid for the own feet, and at home each goes to another shop.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import in_a_row
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.fourth.rhythm import habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import owners, several
from data_samples.third.pace import stretch


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Another town each time, with those who felt like it; small baskets of all kinds."""
    group = owners(city, rng, several_of(rng, 6, 34), categories=["retired"])
    towns = several(city, rng, int(rng.integers(3, 8)), "pharmacy")
    instance = city.instance("co_visit_group", lookalike=True).subject("group")
    travelled: set[int] = set()
    for day in habit(rng, stretch(city, rng, several_of(rng, 60, 420)), 30).tolist():
        riding = rng.permutation(group[rng.random(len(group)) < rng.uniform(0.3, 0.8)])
        if len(riding) == 0:
            continue
        handles = city.settle(
            rng,
            riding,
            int(rng.choice(towns)),
            in_a_row(rng, np.full(len(riding), day), (10.0, 15.0), wide(rng, 0.8, 4.0)),
            total=sums(rng, len(riding), 15, 60, 400),
            certain=False,
        )
        instance.settled(handles)
        travelled |= set(riding.tolist())
    instance.member("person", sorted(travelled))
