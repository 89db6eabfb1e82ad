"""Retired in the middle of the year: from that day on the fund pays more, with the same doctor and the same drug."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, newcomers
from data_samples.third.dice import bills
from data_samples.third.goods import given_on
from data_samples.third.pace import about_every, since_reform, usual


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Enrolment says since when; bills of the weeks around it are settled a little later, by the day of care."""
    people = newcomers(city, rng, 1, categories=["active"], age=(50, 62))
    if len(people) == 0:
        return
    person = int(people[0])
    first, last = since_reform(city) + 10, city.period.last_day
    day = int(rng.integers(first + 20, last - 10))
    city.change_cover(person, day, "retired")
    place = nearby(city, rng, person, "primary_care")
    days = about_every(rng, (first, last), 12, 0.2)
    lag = np.minimum(rng.geometric(0.5, len(days)) - 1, 9)
    settled = np.minimum(days + lag, last)
    at = usual(city, rng, settled, "other")
    handles = city.settle(
        rng,
        person,
        place,
        at,
        care="outpatient",
        total=bills(rng, len(days), 280, 0.4),
        channel="online",
        in_scope=True,
        certain=False,
        **given_on(at, np.where(settled > days, days, -1)),
    )
    city.instance("benefit_recalc_mismatch", lookalike=True).subject("person", person).settled(handles)
