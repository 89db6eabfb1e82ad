"""A factory opens and hires; some of the new employees fall ill in their first months, and a few do not stay."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import host, newcomers
from data_samples.third.pace import since_reform, usual

FIRST = True


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Everybody starts within some weeks; illness is as rare as elsewhere, and as dear."""
    staff = newcomers(city, rng, several_of(rng, 4, 26), categories=("active",), age=(20, 58))
    if len(staff) == 0:
        return
    people, last_day = city.people, city.period.last_day
    factory = int(max(people.employer.max(), people.employer_later.max())) + 1
    opens = int(rng.integers(since_reform(city) + 5, last_day - 40))
    instance = city.instance("ineligible_settlement", lookalike=True).subject("group").member("person", staff)
    hospital = host(city, rng, "hospital")
    for number, person in enumerate(staff.tolist()):
        joined = min(opens + int(rng.exponential(12)), last_day - 25)
        city.begin_cover(person, joined)
        city.change_cover(person, joined, "active", factory)
        left = last_day
        if number == 0 or rng.random() < 0.25:
            admitted = min(joined + int(rng.integers(3, 120)), last_day - 9)
            nights = int(rng.integers(2, 8))
            total = int(sums(rng, 1, 3_500, 9_000, 40_000)[0])
            instance.settled(stay(city, rng, person, hospital, admitted, nights, total))
        else:
            days = rng.integers(joined, last_day + 1, several_of(rng, 1, 4))
            at = usual(city, rng, days, "other")
            instance.settled(city.settle(rng, person, hospital, at, care="outpatient", certain=False))
            left = int(days.max())
        if left + 12 < last_day and rng.random() < 0.2:
            city.end_cover(person, left + 10)
