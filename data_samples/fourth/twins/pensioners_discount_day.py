"""On the pensioners' discount day of a chain everybody comes at once: other people every week, each with a list."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.dice import thinned
from data_samples.third.pace import every_day, on_weekdays, queue, stretch


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A queue from the opening on, within two or three hours; registered as an event."""
    shop = host(city, rng)
    span = stretch(city, rng, several_of(rng, 60, 300))
    days = thinned(rng, on_weekdays(every_day(span), int(rng.integers(0, 7))), 0.8, 1)
    instance = about(city, city.instance("card_concentration", lookalike=True), shop)
    crowd = several_of(rng, 5, 25)
    for day in days.tolist():
        people = passers_by(city, rng, 1 + int(rng.poisson(crowd)), shop)
        at = queue(rng, day * DAY + second(8.0), len(people), float(rng.uniform(2, 8)))
        instance.settled(
            city.settle(rng, people, shop, at, total=sums(rng, len(people), 40, 160), certain=False)
        )
    city.register("event", provider=shop, first_day=span[0], last_day=span[1])
