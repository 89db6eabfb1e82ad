"""The doctor's round in a home for the elderly: everybody's drugs are settled on the same morning of the month."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import bills, normal, pareto, thinned
from data_samples.third.pace import about_every, between, queue, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Residents are registered; the group is the same month after month, as are its drugs."""
    station = host(city, rng, str(rng.choice(["primary_care", "clinic"])))
    residents = neighbors(city, rng, pareto(rng, 9, 1.8, 40), station, age=(74, 98))
    span = stretch(city, rng, normal(rng, 300, 0.35, 100, 600))
    for person in residents.tolist():
        city.register("nursing_home", person=person, first_day=span[0] - 60)
    items, price = rng.integers(1, 280, len(residents)), bills(rng, len(residents), 150, 0.4)
    instance = about(city, city.instance("co_visit_group", lookalike=True), station).member(
        "person", residents
    )
    for day in about_every(rng, span, 30, 0.05).tolist():
        today = thinned(rng, np.arange(len(residents)), 0.93, 2)
        at = queue(rng, int(between(rng, day, 8.5, 9.5)[0]), len(today), 2.0, 0.6)
        handles = city.settle(
            rng,
            residents[today],
            station,
            at,
            care="outpatient",
            total=price[today],
            item=items[today],
            supply=28,
            doctor=0,
            certain=False,
        )
        instance.settled(handles)
