"""A patient reaches the year's limit in the last weeks: therapy as an outpatient has gone on since spring.

The auditor: the plan has eight cycles, the drugs were given in the hospital's own room, and January begins with the
ninth.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby
from data_samples.third.pace import about_every, between
from data_samples.third.values import cost_of_a_cap, year_ends


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Every two to four weeks, in sums that hardly differ."""
    ends = [day for day in year_ends(city) if day - max(city.policy_start, city.period.first_day) > 100]
    if not ends:
        return
    end = int(rng.choice(ends))
    person = int(city.pick_people(rng, 1, categories=["active", "retired"], age=(35, 88), unrelated=False)[0])
    hospital = nearby(city, rng, person, "hospital")
    begin = max(city.policy_start, city.period.first_day, end - round(wide(rng, 100, 340)))
    days = about_every(rng, (begin, end), float(rng.uniform(13, 29)), 0.08)
    cost = cost_of_a_cap(city, person, end, len(days)) * wide(rng, 0.85, 1.5)
    total = cost / len(days) * np.exp(0.1 * rng.standard_normal(len(days)))
    handles = city.settle(
        rng,
        person,
        hospital,
        between(rng, days, 8.0, 12.0),
        care="outpatient",
        total=total.astype(np.int64),
        item=int(rng.integers(1, 280)),
        diagnosis=int(rng.integers(60)),
        certain=False,
    )
    city.instance("cap_rush", lookalike=True).subject("person", person).settled(handles)
