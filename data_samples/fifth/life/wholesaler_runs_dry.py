"""A wholesaler runs dry: people who always bought at one shop go to three for some weeks, for the same drugs."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import host, passers_by, several
from data_samples.third.goods import drugs
from data_samples.third.pace import stretch, usual


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Small amounts each time, of whatever a shop has left."""
    shops, items = several(city, rng, 3, "pharmacy"), drugs(rng, 2)
    days = bursts(rng, stretch(city, rng, several_of(rng, 14, 60)), max(8, city.people.insured // 200))
    people = passers_by(city, rng, max(3, len(days) // 3), host(city, rng))
    city.settle(
        rng,
        rng.choice(people, len(days)),
        rng.choice(shops, len(days)),
        usual(city, rng, days),
        total=sums(rng, len(days), 25, 110, 800),
        item=rng.choice(items, len(days)),
        packs=1,
        certain=False,
    )
