"""An employer in arrears pays up: several months are credited on one day, each with what was due for it.

The auditor: the tax office has the notice and the late payment, every month has one credit in the sum that was due, and
all employees are treated alike.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import spare
from data_samples.third.pace import since_reform


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Everybody of the employer who is still there."""
    wanted = several_of(rng, 3, 24)
    employer = city.pick_employer(rng, wanted)
    free = city.steady & ~city.taken & (city.people.employer == employer)
    if not free.any():
        return
    staff = city.pick_people(
        rng, min(spare(city, wanted), int(free.sum())), employer=employer, unrelated=False
    )
    starts = city.period.month_starts
    months = np.flatnonzero(starts >= since_reform(city))[:-1]
    if len(months) == 0:
        return
    begin = int(rng.choice(months))
    late = [month for month in range(begin, begin + several_of(rng, 2, 7)) if month in months]
    paid = min(int(starts[late[-1] + 1]) + int(rng.integers(0, 25)), city.period.last_day)
    instance = city.instance("credit_rule_violation", lookalike=True).subject("payer_account", staff)
    for person in staff.tolist():
        due = city.due(person)
        for month in late:
            city.set_credit(person, month, 0)
            if due[month]:
                city.extra_credit(person, paid, int(due[month]), month)
        instance.worth(int(due[late].sum()))
