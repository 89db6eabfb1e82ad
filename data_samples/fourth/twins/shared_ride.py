"""Neighbors of a village share a ride to the county hospital when the specialist is in, each with an own complaint."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit, on_workdays
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.third.acts import twin
from data_samples.third.cast import farthest, host, neighbors
from data_samples.third.dice import thinned
from data_samples.third.pace import queue, since_reform, stretch


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same bus, different doctors, different medicines; who is well stays at home."""
    home = host(city, rng, "clinic")
    hospital = farthest(city, rng, home, "hospital")
    people = neighbors(city, rng, several_of(rng, 4, 16), home, age=(50, 92))
    span = stretch(city, rng, several_of(rng, 90, 400), since_reform(city))
    days = np.unique(np.maximum(on_workdays(habit(rng, span, float(rng.uniform(13, 35)))), span[0]))
    instance = city.instance("co_visit_group", lookalike=True).subject("group").member("person", people)
    for day in days.tolist():
        today = rng.permutation(thinned(rng, people, float(rng.uniform(0.3, 0.7)), 2))
        at = queue(rng, day * DAY + second(8.3), len(today), float(rng.uniform(6, 20)))
        total = sums(rng, len(today), 70, 260)
        instance.settled(city.settle(rng, today, hospital, at, care="outpatient", total=total, certain=False))
