"""A clinic that does one thing: nearly all its bills have the same item, at the same price for a box."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import normal, paretos, thinned
from data_samples.third.goods import drugs
from data_samples.third.pace import every_day, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Whatever the number of boxes, their price is that of the list."""
    clinic = host(city, rng, str(rng.choice(["clinic", "pharmacy"])))
    care = "pharmacy" if city.places.kind[clinic] == 0 else "outpatient"
    days = thinned(rng, every_day(stretch(city, rng, normal(rng, 150, 0.35, 50, 300))), 0.5, 3)
    when = np.repeat(days, paretos(rng, len(days), 1.2, 2.0, 15))
    packs = rng.choice([1, 2, 3], len(when), p=[0.6, 0.3, 0.1])
    handles = city.settle(
        rng,
        rng.choice(passers_by(city, rng, 2 * len(when), clinic), len(when)),
        clinic,
        usual(city, rng, when, "other"),
        care=care,
        total=packs * int(rng.integers(3_000, 9_000)),
        item=drugs(rng, 1)[0],
        packs=packs,
        lines=1,
        certain=False,
    )
    about(city, city.instance("substitution", lookalike=True), clinic).settled(handles)
