"""A suspended pharmacy or clinic goes on settling, on quiet days, as if nothing had happened."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, unvisited
from data_samples.third.dice import bills, normal, of, pareto
from data_samples.third.pace import every_day, since_reform, stretch, thin_span, usual

FIRST = True


@scene(3)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A part of the suspension only; regulars who do not know of it pay as ever. Small cities have no such place."""
    kind = str(rng.choice(["pharmacy", "clinic"]))
    place = unvisited(city, rng, kind)
    if place is None:
        return
    first, last = stretch(city, rng, normal(rng, 110, 0.4, 30, 200), since_reform(city) + 20)
    city.suspend_provider(place, first, last)
    span = thin_span(rng, (first, last), of(strength, 0.25, 0.5, 0.9))
    regulars = neighbors(city, rng, of(strength, 5, 10, 18), place)
    days = rng.choice(every_day(span), pareto(rng, of(strength, 4, 12, 30), 1.7, 120))
    handles = city.settle(
        rng,
        rng.choice(regulars, len(days)),
        place,
        usual(city, rng, days, "pharmacy" if kind == "pharmacy" else "other"),
        care="pharmacy" if kind == "pharmacy" else "outpatient",
        total=bills(rng, len(days), 85, 0.6),
    )
    city.instance("ineligible_settlement", strength=strength).subject("provider", place).settled(handles)
