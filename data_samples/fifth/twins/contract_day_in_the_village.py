"""The family doctors' team comes to a village once a month; who has signed up queues in the schoolroom.

The auditor: the round is in the team's calendar, people sign for their own blood pressure, and the list of the day
differs from the list of the month before by those who were in the fields.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import in_a_row
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.fourth.rhythm import habit, on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, neighbors
from data_samples.third.pace import since_reform, stretch


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same people in the main, in any order; each with the medicine of the last time."""
    center = host(city, rng, "primary_care")
    people = neighbors(city, rng, several_of(rng, 8, 60), center, age=(50, 99), unrelated=False)
    span = stretch(city, rng, several_of(rng, 90, 420), since_reform(city))
    price, item = sums(rng, len(people), 60, 260, 1_200), rng.integers(1, 280, len(people))
    instance = about(city, city.instance("card_concentration", lookalike=True), center)
    instance.member("person", people)
    there, gap = float(rng.uniform(0.5, 0.95)), wide(rng, 2.5, 9.0)
    for day in np.unique(np.maximum(on_workdays(habit(rng, span, 30)), span[0])).tolist():
        rows = rng.permutation(np.flatnonzero(rng.random(len(people)) < there))
        if len(rows) == 0:
            continue
        at = in_a_row(rng, np.full(len(rows), day), (8.2, 9.5), gap)
        handles = city.settle(
            rng,
            people[rows],
            center,
            at,
            care="outpatient",
            total=price[rows],
            item=item[rows],
            supply=28,
            certain=False,
        )
        instance.settled(handles)
        city.register("clinic_day", provider=center, first_day=day, last_day=day)
