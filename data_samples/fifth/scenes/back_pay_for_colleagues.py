"""A payroll clerk books "back pay" into the accounts of colleagues who had lost nothing, or credits more than is due.

Kind of case: employers' offices that credit more than is due, in months when nobody reconciles.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.dice import chance
from data_samples.third.pace import since_reform


@scene(9)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some months only, uneven sums; other colleagues have what is due to them."""
    wanted = number(rng, strength, 1, 12)
    employer = city.pick_employer(rng, wanted)
    free = city.steady & ~city.taken & (city.people.employer == employer)
    if not free.any():
        return
    friends = city.pick_people(rng, min(wanted, int(free.sum())), employer=employer, unrelated=False)
    starts = city.period.month_starts
    months = np.flatnonzero((starts >= since_reform(city)) & (starts + 27 <= city.period.last_day))
    level, twice = portion(rng, strength, 0.06, 0.9), chance(rng, 0.5)
    instance = city.instance("credit_rule_violation", strength=strength).subject("payer_account", friends)
    for friend in friends.tolist():
        due = city.due(friend)
        chosen = rng.choice(months, min(len(months), number(rng, strength, 1, 12)), replace=False)
        for month in np.sort(chosen).tolist():
            extra = max(int(due[month] * level * wide(rng, 0.7, 1.6)), 100)
            if twice or chance(rng, 0.2):
                day = min(int(starts[month]) + int(rng.integers(3, 28)), city.period.last_day)
                city.extra_credit(friend, day, extra, month)
            else:
                city.set_credit(friend, month, int(due[month]) + extra)
            instance.worth(extra)
