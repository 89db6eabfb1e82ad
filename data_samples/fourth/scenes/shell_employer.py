"""A company without work insures sick people as its employees, for a fee, shortly before their treatment.

Kind of case: invented employment to obtain employees' benefits; the relation ends when the treatment does.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import host, newcomers
from data_samples.third.dice import chance
from data_samples.third.pace import since_reform, usual

FIRST = True


@scene(6)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """One after the other joins; most are in a bed within weeks, then come courses of treatment, then they leave."""
    staff = newcomers(city, rng, number(rng, strength, 3, 16), categories=("active",), age=(40, 64))
    if len(staff) == 0:
        return
    people, last_day = city.people, city.period.last_day
    shell = int(max(people.employer.max(), people.employer_later.max())) + 1
    span = phase(city, rng, strength, 40, 250, since_reform(city))
    instance = (
        city.instance("ineligible_settlement", strength=strength).subject("group").member("person", staff)
    )
    hospital = host(city, rng, "hospital")
    for person, joined in zip(staff.tolist(), bursts(rng, span, len(staff)).tolist(), strict=True):
        joined = max(city.period.first_day + 3, min(joined, last_day - 25))
        city.begin_cover(person, joined)
        city.change_cover(person, joined, "active", shell)
        admitted = min(joined + 1 + round(wide(rng, 2, 45)), last_day - 4)
        nights = min(round(wide(rng, 3, 18)), last_day - admitted)
        fen = int(sums(rng, 1, 7_000, 26_000, 90_000)[0])
        instance.settled(stay(city, rng, person, hospital, admitted, nights, fen))
        left = min(admitted + nights + 1 + round(wide(rng, 10, 180)), last_day)
        if left > admitted + nights + 1:
            days = bursts(rng, (admitted + nights + 1, left), number(rng, strength, 3, 22))
            at = usual(city, rng, days, "other")
            total = sums(rng, len(at), 350, 1_100, 6_000)
            care = str(rng.choice(["outpatient", "special_outpatient"]))
            programme = 6 if care == "special_outpatient" else -1
            instance.settled(
                city.settle(
                    rng, person, hospital, at, care=care, programme=programme, total=total, certain=False
                )
            )
        if left < last_day - 5 and chance(rng, portion(rng, strength, 0.4, 0.9)):
            city.end_cover(person, left + 2)
