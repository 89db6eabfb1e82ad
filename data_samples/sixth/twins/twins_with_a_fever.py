"""Brothers and sisters of one household are ill at the same time and go to the doctor together.

Lawful because they live together: what one has, the others catch.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow, in_line
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A few times in a year, at the clinic of the neighborhood, with similar bills."""
    family = city.pick_household(rng, 3)
    clinic = nearby(city, rng, int(family[0]), "clinic")
    days = np.unique(flow(rng, stretch(city, rng, int(any_of(rng, 90, 400))), int(rng.integers(3, 9))))
    instance = city.instance("co_visit_group", lookalike=True).subject("group").member("person", family)
    for day in days.tolist():
        at = in_line(rng, np.full(len(family), day), (8.5, 17.5), 6)
        total = amounts(rng, len(family), 50, 140, 500)
        instance.settled(
            city.settle(rng, family, clinic, at, care="outpatient", total=total, doctor=0, certain=False)
        )
