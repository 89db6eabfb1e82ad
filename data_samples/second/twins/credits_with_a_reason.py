"""Looks like D29: credits that are late, or more than one in a month, for a reason.

An employer in arrears pays months later, and each month is credited then under its own name; a subsidy is paid into
the accounts of the retired, as an adjustment.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.second.casting import staff_of_an_employer
from data_samples.second.draws import heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one employer, or the retired who get a subsidy; the two ways take turns."""
    months = np.flatnonzero(city.period.month_starts >= city.policy_start)
    if len(months) < 4:
        return
    for number in range(how_many(instances, 35)):
        (_arrears, _subsidy)[number % 2](city, rng, months.tolist())


def _arrears(city: Stage, rng: np.random.Generator, months: list[int]) -> None:
    staff = staff_of_an_employer(city, rng, 3, heavy(rng, 3, 40))
    if len(staff) == 0:
        return
    length = min(heavy(rng, 1, 6), len(months) - 2)
    begin = int(rng.integers(0, len(months) - length - 1))
    late = months[begin : begin + length]
    paid = int(city.period.month_starts[months[begin + length]]) + city.credit_day + int(rng.integers(0, 12))
    worth = 0
    for owner in staff.tolist():
        due = city.due(owner)
        for month in late:
            city.set_credit(owner, month, 0)
            city.extra_credit(owner, paid, int(due[month]), month)
            worth += int(due[month])
    city.instance("credit_rule_violation", lookalike=True).subject("group").member("person", staff).worth(
        worth
    )


def _subsidy(city: Stage, rng: np.random.Generator, months: list[int]) -> None:
    people = city.pick_people(rng, heavy(rng, 3, 25), categories=["retired"], account=True, unrelated=False)
    fen = int(rng.choice([5_000, 10_000, 20_000, 30_000, 60_000]))
    start = int(city.period.month_starts[int(rng.choice(months))])
    for owner in people.tolist():
        city.post(owner, (start + 14) * DAY + 10 * 3600, "adjustment", fen)
    instance = city.instance("credit_rule_violation", lookalike=True)
    instance.subject("group").member("person", people).worth(fen * len(people))
