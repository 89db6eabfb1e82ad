"""A group that has nothing to do with each other is seen together again and again, wherever it goes."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, several
from data_samples.third.dice import bills, normal, of, pareto, thinned
from data_samples.third.pace import between, outings, queue, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Each time without some of them, in another order, at one of several places, with an hour's spread."""
    group = owners(city, rng, pareto(rng, of(strength, 4, 6, 9), 2.2, 20))
    kinds = ("pharmacy", "clinic") if rng.random() < 0.6 else ("clinic", "primary_care")
    places = several(city, rng, of(strength, 2, 2, 3), *kinds)
    span = stretch(city, rng, normal(rng, of(strength, 120, 160, 200), 0.3, 60, 400))
    days = outings(rng, span, pareto(rng, of(strength, 4, 8, 14), 2.0, 40))
    instance = city.instance("co_visit_group", strength=strength).subject("group").member("person", group)
    for day in days.tolist():
        place = int(rng.choice(places))
        today = rng.permutation(thinned(rng, group, of(strength, 0.65, 0.75, 0.85), 3))
        start = int(between(rng, day, 8.5, 16.0)[0])
        handles = city.settle(
            rng,
            today,
            place,
            queue(rng, start, len(today), of(strength, 14.0, 8.0, 4.0), 0.9),
            care="pharmacy" if city.places.kind[place] == 0 else "outpatient",
            total=bills(rng, len(today), 130, 0.6),
        )
        instance.settled(handles)
