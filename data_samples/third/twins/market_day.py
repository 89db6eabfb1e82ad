"""Market day: the villages come to town once a week, and half of them need something from the same pharmacy."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.dice import bills, normal, pareto, thinned
from data_samples.third.pace import between, every_day, on_weekdays, queue, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same people on the same weekday, within two hours; each with a basket of his own."""
    shop = host(city, rng)
    villagers = neighbors(city, rng, pareto(rng, 10, 1.8, 45), shop, age=(30, 90))
    span = stretch(city, rng, normal(rng, 120, 0.35, 40, 240))
    weekday = int(rng.integers(0, 7))
    instance = about(city, city.instance("card_concentration", lookalike=True), shop).member(
        "person", villagers
    )
    for day in thinned(rng, on_weekdays(every_day(span), weekday), 0.8, 2).tolist():
        today = rng.permutation(thinned(rng, villagers, 0.55, 2))
        at = queue(rng, int(between(rng, day, 7.5, 9.0)[0]), len(today), 6.0, 0.9)
        handles = city.settle(rng, today, shop, at, total=bills(rng, len(today), 65, 0.8), certain=False)
        instance.settled(handles)
    city.register("event", provider=shop, first_day=span[0], last_day=span[1])
