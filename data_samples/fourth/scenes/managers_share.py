"""An employer still books a part of its contribution into the accounts of some managers, months after that ended.

Kind of case: employers' contributions belong to the pooled fund alone; payroll staff favor those in the office.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import spare


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some months, some people, sums that look like a rounding of the base."""
    period = city.period
    wanted = spare(city, number(rng, strength, 2, 16))
    firm = city.pick_employer(rng, wanted)
    free = city.steady & ~city.taken & (city.people.employer == firm)
    managers = city.pick_people(
        rng, max(1, min(wanted, int(free.sum()))), employer=firm, account=True, unrelated=False
    )
    later = np.flatnonzero(period.month_starts >= city.policy_start)
    count = min(number(rng, strength, 1, 9), len(later))
    begin = int(rng.integers(0, len(later) - count + 1))
    instance = city.instance("credit_rule_violation", strength=strength)
    instance.subject("payer_account", managers)
    extra = np.maximum(sums(rng, len(managers), 25, 160, 900), 500)
    for owner, fen in zip(managers.tolist(), extra.tolist(), strict=True):
        due = city.due(owner)
        for month in later[begin : begin + count].tolist():
            if due[month] == 0 or rng.random() > portion(rng, strength, 0.5, 0.95):
                continue
            city.employer_share(owner, month, fen)
            city.set_credit(owner, month, int(due[month]) + fen)
            instance.worth(fen)
    if instance.other_amount == 0:
        owner, month = int(managers[0]), int(later[-1])
        city.employer_share(owner, month, int(extra[0]))
        city.set_credit(owner, month, int(city.due(owner)[month]) + int(extra[0]))
        instance.worth(int(extra[0]))
