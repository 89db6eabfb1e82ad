"""D29: an employer's staff are credited what is not due.

A part of the employer's contribution goes on being credited although the rules have ended that; or the credits are
reckoned from a higher base than was reported. Sometimes only the management has it.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.second.casting import staff_of_an_employer
from data_samples.second.draws import graded, heavy, some, strengths

_THOUSAND = 1_000


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one employer; the two ways take turns."""
    months = np.flatnonzero(city.period.month_starts >= city.policy_start)
    for number, strength in enumerate(strengths(rng, instances, 35) if len(months) else ()):
        staff = staff_of_an_employer(city, rng, graded(strength, 3, 5, 8), 500)
        if len(staff) == 0:
            return
        staff = np.sort(some(rng, staff, graded(strength, 0.4, 0.8, 1.2)))
        length = min(len(months), heavy(rng, graded(strength, 1, 2, 4), graded(strength, 4, 9, 18)))
        begin = int(rng.integers(0, len(months) - length + 1))
        thousandths = heavy(rng, graded(strength, 2, 5, 9), graded(strength, 8, 15, 40))
        shares = city.people.base[staff] * thousandths // _THOUSAND
        worth = 0
        for month in months[begin : begin + length].tolist():
            if number % 2 == 0:
                city.employer_share(staff, month, shares)
            for owner, share in zip(staff.tolist(), shares.tolist(), strict=True):
                city.set_credit(owner, month, int(city.due(owner)[month]) + share)
                worth += share
        instance = city.instance("credit_rule_violation", strength=strength)
        instance.subject("group").member("person", staff).worth(worth)
