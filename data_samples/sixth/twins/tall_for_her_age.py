"""Children just below the limit of age have drugs for children.

Lawful because they are not older than the drug allows on any of the days.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.goods import limited
from data_samples.third.pace import stretch

_OLDEST = 11


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Colds and coughs of a few children at one clinic."""
    clinic = host(city, rng, "clinic")
    children = neighbors(city, rng, int(rng.integers(2, 7)), clinic, age=(7, _OLDEST))
    turn, days = rounds(
        rng, len(children), stretch(city, rng, int(any_of(rng, 60, 360))), any_of(rng, 20, 70)
    )
    instance = about(city, city.instance("age_incompatible_item", lookalike=True), clinic)
    instance.member("person", children)
    instance.settled(
        city.settle(
            rng,
            children[turn],
            clinic,
            at_desk(rng, days, 0.2),
            care="outpatient",
            total=amounts(rng, len(turn), 40, 150, 500),
            item=np.array([limited(rng, "child") for _ in turn]),
            certain=False,
        )
    )
