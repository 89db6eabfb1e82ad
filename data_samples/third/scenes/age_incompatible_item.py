"""Children's cards buy grandfather's drugs: what is for adults only, month after month."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, patient
from data_samples.third.dice import bills, geometric, normal, of
from data_samples.third.goods import limited
from data_samples.third.pace import outings, stretch, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Among the child's own colds; the dose of one box for a month."""
    child = patient(city, rng, age=(2, 14))
    place = nearby(city, rng, child, str(rng.choice(["clinic", "primary_care"])))
    span = stretch(city, rng, normal(rng, of(strength, 80, 140, 220), 0.3, 30, 400))
    colds = outings(rng, span, geometric(rng, 2.5, 1, 8))
    city.settle(rng, child, place, usual(city, rng, colds, "other"), care="outpatient", certain=False)
    days = outings(rng, span, geometric(rng, of(strength, 2, 4, 8), of(strength, 1, 2, 4), 25))
    handles = city.settle(
        rng,
        child,
        place,
        usual(city, rng, days, "other"),
        care="outpatient",
        total=bills(rng, len(days), 120, 0.4),
        item=limited(rng, "adult"),
        lines=1,
    )
    city.instance("age_incompatible_item", strength=strength).subject("person", child).settled(handles)
