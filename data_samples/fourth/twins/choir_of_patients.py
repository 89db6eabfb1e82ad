"""Members of a choir meet in the same rehabilitation room after their operations, on the afternoons that suit them."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit, on_workdays
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.third.acts import twin
from data_samples.third.cast import host, neighbors
from data_samples.third.dice import thinned
from data_samples.third.pace import queue, since_reform, stretch


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """A course of ten to thirty sessions, together most of the time, at the price of a session."""
    center = host(city, rng, "primary_care")
    friends = neighbors(city, rng, several_of(rng, 3, 9), center, age=(55, 85))
    span = stretch(city, rng, several_of(rng, 40, 120), since_reform(city))
    price = int(sums(rng, 1, 60, 180)[0])
    instance = city.instance("co_visit_group", lookalike=True).subject("group").member("person", friends)
    for day in np.unique(np.maximum(on_workdays(habit(rng, span, 4.0)), span[0])).tolist():
        today = rng.permutation(thinned(rng, friends, 0.8, 2))
        at = queue(rng, day * DAY + second(14.2), len(today), 5.0)
        instance.settled(
            city.settle(rng, today, center, at, care="outpatient", total=price, doctor=0, certain=False)
        )
    city.register("clinic_day", provider=center, first_day=span[0], last_day=span[1])
