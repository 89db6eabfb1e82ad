"""A clerk lets money into accounts that is not due: in small steps, for chosen people of an employer."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.dice import geometric, of
from data_samples.third.pace import since_reform


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A share of the employer's contribution, or a month that is credited a second time; some months only."""
    employer = city.pick_employer(rng, 2)
    free = city.steady & ~city.taken & (city.people.employer == employer)
    wanted = min(geometric(rng, of(strength, 1.3, 2.0, 3.5), 1, 8), int(free.sum()))
    if wanted == 0:
        return
    friends = city.pick_people(rng, wanted, employer=employer, unrelated=False)
    starts = city.period.month_starts
    months = np.flatnonzero((starts >= since_reform(city)) & (starts + 27 <= city.period.last_day))
    twice = rng.random() < 0.4
    instance = city.instance("credit_rule_violation", strength=strength).subject("person", friends)
    for friend in friends.tolist():
        due = city.due(friend)
        chosen = rng.choice(
            months, min(len(months), geometric(rng, of(strength, 2, 4, 8), 1, 12)), replace=False
        )
        for month in np.sort(chosen).tolist():
            if due[month] == 0:
                continue
            extra = int(due[month] * of(strength, 0.15, 0.4, 1.0) * np.exp(0.2 * rng.standard_normal()))
            if twice:
                day = min(int(starts[month]) + int(rng.integers(9, 26)), city.period.last_day)
                city.extra_credit(friend, day, int(due[month]), month)
                instance.worth(int(due[month]))
            else:
                city.set_credit(friend, month, int(due[month]) + extra)
                city.employer_share(friend, month, extra)
                instance.worth(extra)
