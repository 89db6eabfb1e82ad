"""An employer reports some of its staff late: what was due for a month is credited weeks afterwards, once."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import spare


@twin(5)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The sums are those that were due; two or more entries come on one day."""
    wanted = spare(city, several_of(rng, 2, 16))
    firm = city.pick_employer(rng, wanted)
    free = int((city.steady & ~city.taken & (city.people.employer == firm)).sum())
    staff = city.pick_people(rng, max(1, min(wanted, free)), employer=firm, account=True, unrelated=False)
    count = min(several_of(rng, 1, 4), city.period.months - 2)
    first = int(rng.integers(0, city.period.months - count))
    posted = int(city.period.month_starts[first + count]) + int(rng.integers(0, 20))
    instance = city.instance("credit_rule_violation", lookalike=True).subject("payer_account", staff)
    for owner in staff.tolist():
        due = city.due(owner)
        for month in range(first, first + count):
            if due[month]:
                city.set_credit(owner, month, 0)
                city.extra_credit(owner, posted, int(due[month]), month)
                instance.worth(int(due[month]))
