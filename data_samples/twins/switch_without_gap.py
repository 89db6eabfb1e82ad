"""Looks like D31: enrolment changes to another employer, category or scheme from one day to the next.

The person has care on the last day before and on the first day after.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.twins.share import share

_SHARE = 25
_LATER = ("active", "resident", "retired", "flexible")
"""What the person becomes, in turns; the active ones change employer."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one person."""
    for number in range(share(instances, _SHARE)):
        later = _LATER[number % len(_LATER)]
        ages = (52, 66) if later == "retired" else (22, 58)
        person = int(city.pick_people(rng, 1, categories=["active"], age=ages)[0])
        employer = city.pick_employer(rng, 1) if later == "active" else -1
        day = int(rng.integers(city.period.first_day + 20, city.period.last_day - 20))
        city.change_cover(person, day, later, employer)
        visits = city.ranges("switch_without_gap").count(rng, "visits")
        days = day + np.r_[-1, 0, rng.integers(-18, 19, visits)]
        at = np.unique(days) * DAY
        at += rng.integers(second(8.5), second(19), len(at))
        kind = str(rng.choice(["pharmacy", "clinic", "primary_care"]))
        place = city.pick_providers(rng, kind, district=int(city.people.district[person]))[0]
        care = "pharmacy" if kind == "pharmacy" else "outpatient"
        handles = city.settle(
            rng,
            person,
            place,
            at,
            care=care,
            certain=False,
        )
        instance = city.instance("ineligible_settlement", lookalike=True)
        instance.subject("person", person).settled(handles)
