"""A payroll office goes on crediting a part of the employer's contribution, as it did before the reform.

Kind of case: a program that was never switched over; the accounts have more than the rule gives them.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import whole
from data_samples.third.acts import scene
from data_samples.third.cast import spare


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """All of the staff, or those of one department, for some months in a row."""
    wanted = spare(city, whole(rng, strength, 3, 50))
    employer = city.pick_employer(rng, wanted)
    free = city.steady & ~city.taken & (city.people.employer == employer)
    staff = city.pick_people(rng, min(wanted, int(free.sum())), employer=employer, unrelated=False)
    starts = city.period.month_starts
    open_months = np.flatnonzero(starts >= city.policy_start)
    length = min(whole(rng, strength, 1, 12), len(open_months))
    first = int(rng.integers(open_months[0], open_months[-1] - length + 2))
    share = rng.choice([0.006, 0.012, 0.02])
    instance = city.instance("credit_rule_violation", strength=strength).subject("payer_account", staff)
    for person in staff.tolist():
        due = city.due(person)
        fen = max(100, round(float(city.people.base[person]) * share))
        for month in range(first, first + length):
            if due[month] > 0:
                city.employer_share(person, month, fen)
                city.set_credit(person, month, int(due[month]) + fen)
                instance.worth(fen)
