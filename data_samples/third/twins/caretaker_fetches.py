"""A caretaker fetches the medicine of the old people of a lane; both ids are shown, and the agency knows of it."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import bills, normal, pareto, thinned
from data_samples.third.pace import about_every, between, queue, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same people together every other week, minutes apart; each buys what is always his."""
    shop = host(city, rng)
    old = neighbors(city, rng, pareto(rng, 5, 2.0, 14), shop, age=(72, 97))
    span = stretch(city, rng, normal(rng, 240, 0.35, 80, 480))
    for person in old.tolist():
        city.register("agent_purchase", person=person, first_day=span[0] - 20)
    items, price = rng.integers(1, 280, len(old)), bills(rng, len(old), 130, 0.5)
    instance = about(city, city.instance("card_concentration", lookalike=True), shop).member("person", old)
    for day in about_every(rng, span, 15, 0.1).tolist():
        today = thinned(rng, np.arange(len(old)), 0.85, 2)
        at = queue(rng, int(between(rng, day, 9, 11)[0]), len(today), 3.0, 0.5)
        handles = city.settle(
            rng, old[today], shop, at, total=price[today], item=items[today], supply=14, certain=False
        )
        instance.settled(handles)
