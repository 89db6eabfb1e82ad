"""An employer pays some months late: all of them are credited on one day, each to its own month.

Lawful because every month has the sum that was due, once.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import any_of
from data_samples.third.acts import twin
from data_samples.third.cast import spare


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The staff of one employer, two to five months."""
    wanted = spare(city, int(any_of(rng, 3, 25)))
    employer = city.pick_employer(rng, wanted)
    free = int((city.steady & ~city.taken & (city.people.employer == employer)).sum())
    staff = city.pick_people(rng, min(wanted, free), employer=employer, account=True, unrelated=False)
    months = city.period.months
    length = min(int(rng.integers(2, 6)), months - 1)
    first = int(rng.integers(0, months - length))
    paid_on = int(city.period.month_starts[first + length]) + int(rng.integers(0, 25))
    instance = city.instance("credit_rule_violation", lookalike=True).subject("payer_account", staff)
    for person in staff.tolist():
        due = city.due(person)
        for month in range(first, first + length):
            if due[month] > 0:
                city.set_credit(person, month, 0)
                city.extra_credit(person, paid_on, int(due[month]), month)
                instance.worth(int(due[month]))
