"""An employer in arrears pays three months late: each month is credited then, once, for the month that it is for."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import spare
from data_samples.third.pace import since_reform


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two to four entries on one day for the whole staff; the months before had none."""
    employer = city.pick_employer(rng, 3)
    free = int((city.steady & ~city.taken & (city.people.employer == employer)).sum())
    starts = city.period.month_starts
    late = int(rng.integers(2, 5))
    fitting = np.flatnonzero(starts >= since_reform(city))
    if free == 0 or len(fitting) <= late:
        return
    staff = city.pick_people(rng, min(spare(city, 12), free), employer=employer, unrelated=False)
    first = int(rng.choice(fitting[: len(fitting) - late]))
    day = int(starts[first + late]) + city.credit_day - 1
    instance = city.instance("credit_rule_violation", lookalike=True).subject("person", staff)
    for person in staff.tolist():
        due = city.due(person)
        for month in range(first, first + late):
            if due[month] > 0:
                city.set_credit(person, month, 0)
                city.extra_credit(person, day, int(due[month]), month)
                instance.worth(int(due[month]))
