"""Friends from the same lane go to acupuncture together, twice a week in winter, and drink tea afterwards."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, neighbors
from data_samples.third.dice import bills, normal, pareto, thinned
from data_samples.third.pace import between, every_day, on_weekdays, queue, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Always the same clinic and weekdays, as a registered clinic day; their bills are all alike."""
    place = int(city.pick_providers(rng, "clinic")[0])
    friends = neighbors(city, rng, pareto(rng, 4, 2.4, 10), place, age=(55, 90))
    place = nearby(city, rng, int(friends[0]), "clinic")
    span = stretch(city, rng, normal(rng, 100, 0.35, 33, 200))
    weekday = int(rng.integers(0, 4))
    instance = city.instance("co_visit_group", lookalike=True).subject("group").member("person", friends)
    for day in on_weekdays(every_day(span), weekday, weekday + 2).tolist():
        today = rng.permutation(thinned(rng, friends, 0.8))
        at = queue(rng, int(between(rng, day, 8.5, 9.5)[0]), len(today), 9.0, 0.5)
        handles = city.settle(
            rng,
            today,
            place,
            at,
            care="outpatient",
            total=bills(rng, len(today), 85, 0.1),
            item=40,
            lines=1,
            certain=False,
        )
        instance.settled(handles)
    city.register("clinic_day", provider=place, first_day=span[0], last_day=span[1])
