"""A clinic telephones its patients in December: what is left of this year's allowance would be lost.

Kind of case: induced spending up to the yearly limit, on drugs and treatments that nobody needs.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.dice import split
from data_samples.third.pace import every_day, usual
from data_samples.third.values import cost_of_a_cap, year_ends


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some patients come once, others often; most spend what is left, some only a part of it."""
    clinic = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    patients = neighbors(city, rng, number(rng, strength, 4, 26), clinic, account=True, age=(38, 92))
    ends = [day for day in year_ends(city) if day > city.policy_start + 60] or [city.period.last_day]
    end = int(rng.choice(ends))
    begin = max(end - number(rng, strength, 12, 75), city.period.first_day, city.policy_start)
    instance = city.instance("cap_rush", strength=strength)
    instance.subject("provider", clinic).member("person", patients)
    for person in patients.tolist():
        visits = 1 + int(rng.geometric(1 / number(rng, strength, 2, 9)))
        whole = cost_of_a_cap(city, person, end, visits) * portion(rng, strength, 0.35, 0.97)
        total = np.maximum(split(rng, round(whole), visits), 2_000)
        at = np.sort(usual(city, rng, rng.integers(begin, end + 1, visits), "other"))
        instance.settled(
            city.settle(
                rng,
                person,
                clinic,
                at,
                care="outpatient",
                total=total,
                item=rng.integers(1, 280, visits),
                packs=rng.integers(1, 6, visits),
                in_scope=True,
                certain=False,
            )
        )
    customers(city, rng, clinic, every_day((begin, end)), 2.0)
