"""After a change of the payroll system, a month is credited in two parts.

Lawful because the parts add up to what is due.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import colleagues
from data_samples.seventh.measure import between_any
from data_samples.third.acts import twin
from data_samples.third.cast import spare


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The staff of one employer, for one to three months."""
    staff = colleagues(city, rng, spare(city, int(between_any(rng, 3, 20))))
    months = city.period.months
    length = min(int(rng.integers(1, 4)), months - 1)
    first = int(rng.integers(0, months - length))
    instance = city.instance("credit_rule_violation", lookalike=True).subject("payer_account", staff)
    for person in staff.tolist():
        due = city.due(person)
        for month in range(first, first + length):
            part = int(due[month]) // 2
            if part > 0:
                city.set_credit(person, month, part)
                later = int(city.period.month_starts[month]) + int(rng.integers(15, 27))
                city.extra_credit(person, later, int(due[month]) - part, month)
                instance.worth(int(due[month]) - part)
