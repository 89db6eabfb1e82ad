"""A herbalist's shop sells decoctions on the prescriptions of a clinic of traditional medicine around the corner."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import herbs
from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, closest, host, neighbors
from data_samples.third.goods import prescribed
from data_samples.third.pace import since_reform, stretch, usual


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Courses of some weeks, dear by the pack, with many packs; customers change with the season."""
    shop = host(city, rng)
    desk = int(closest(city, shop, "clinic")[0])
    patients = neighbors(city, rng, several_of(rng, 8, 60), shop)
    span = stretch(city, rng, several_of(rng, 90, 450), since_reform(city))
    instance = about(city, city.instance("substitution", lookalike=True), shop).member("person", patients)
    for person in patients.tolist():
        begin = int(rng.integers(span[0], max(span[0] + 1, span[1] - 20)))
        at = usual(city, rng, habit(rng, (begin, min(begin + several_of(rng, 10, 80), span[1])), 7.5))
        instance.settled(
            city.settle(
                rng,
                person,
                shop,
                at,
                total=sums(rng, len(at), 110, 360),
                item=herbs(rng, 3)[rng.integers(0, 3, len(at))],
                packs=rng.integers(5, 15, len(at)),
                certain=False,
                **prescribed(city, rng, desk, at, minutes=(10, 300)),
            )
        )
