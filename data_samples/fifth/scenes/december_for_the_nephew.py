"""Before the year ends a patient has what is left of the allowance prescribed for a nephew who is not insured.

Kind of case: allowances used up at the end of the year by the patient's own wish, at several institutions.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import number, portion, wide
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import several
from data_samples.third.dice import split
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import usual
from data_samples.third.values import cost_of_a_cap, year_ends


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """In the last weeks, not always to the limit; before, a year like any other."""
    ends = [
        day for day in year_ends(city) if day - city.policy_start > 75 and day - city.period.first_day > 75
    ]
    if not ends:
        return
    end = int(rng.choice(ends))
    person = int(city.pick_people(rng, 1, categories=["active", "retired"], unrelated=False)[0])
    length = round(wide(rng, 6, 70))
    visits = number(rng, strength, 4, 34)
    days = bursts(rng, (end - length, end), visits)
    reach = portion(rng, strength, 0.3, 0.95) * wide(rng, 0.9, 1.5)
    cost = int(cost_of_a_cap(city, person, end, visits) * reach)
    places = several(city, rng, int(rng.integers(2, 7)), "primary_care", "clinic")
    wanted = drugs(rng, int(rng.integers(2, 6)), watched=bool(rng.random() < 0.6))
    handles = buy_or_visit(
        city,
        rng,
        person,
        rng.choice(places, visits),
        usual(city, rng, days, "other"),
        total=split(rng, max(cost, 6_000 * visits), visits, wide(rng, 1.5, 12.0)),
        item=mixed(rng, visits, wanted, portion(rng, strength, 0.5, 0.95)),
        packs=1 + rng.geometric(wide(rng, 0.2, 0.8), visits),
        certain=False,
    )
    city.instance("cap_rush", strength=strength).subject("person", person).settled(handles)
