"""Patients who had a stroke learn to walk in the same room on the same mornings, for weeks.

The auditor: a group is what the therapy is, each has another diagnosis letter, and who is discharged from the group is
replaced by somebody else.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import in_a_row
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import host, neighbors
from data_samples.third.pace import every_day, on_weekdays, since_reform, stretch


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two or three weekdays; everybody begins and ends in another week."""
    center = host(city, rng, str(rng.choice(["primary_care", "hospital"])))
    group = neighbors(city, rng, several_of(rng, 4, 22), center, age=(48, 92))
    span = stretch(city, rng, several_of(rng, 40, 300), since_reform(city))
    weekdays = rng.choice(5, int(rng.integers(2, 4)), replace=False).tolist()
    begins = rng.integers(span[0], max(span[0] + 1, (span[0] + span[1]) // 2), len(group))
    ends = begins + np.array([several_of(rng, 20, 160) for _ in group])
    price, item = sums(rng, len(group), 70, 220, 900), int(rng.integers(1, 280))
    instance = city.instance("co_visit_group", lookalike=True).subject("group")
    gap = wide(rng, 1.0, 8.0)
    present: set[int] = set()
    for day in on_weekdays(every_day(span), *weekdays).tolist():
        there = (begins <= day) & (day <= ends) & (rng.random(len(group)) < 0.9)
        rows = rng.permutation(np.flatnonzero(there))
        if len(rows) == 0:
            continue
        present |= set(group[rows].tolist())
        handles = city.settle(
            rng,
            group[rows],
            center,
            in_a_row(rng, np.full(len(rows), day), (8.5, 9.5), gap),
            care="outpatient",
            total=price[rows],
            item=item,
            certain=False,
        )
        instance.settled(handles)
    instance.member("person", sorted(present))
