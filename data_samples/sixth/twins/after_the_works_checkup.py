"""Employees whose yearly check-up showed something go to the hospital in the same two weeks.

Lawful because the check-up is registered, and each goes to the department of the own complaint.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, spare
from data_samples.third.pace import between, since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """One to three visits each, some with colleagues on the same morning."""
    hospital = host(city, rng, "hospital")
    wanted = spare(city, int(any_of(rng, 4, 30)))
    employer = city.pick_employer(rng, wanted)
    free = int((city.steady & ~city.taken & (city.people.employer == employer)).sum())
    staff = city.pick_people(rng, min(wanted, free), employer=employer, unrelated=False)
    span = stretch(city, rng, 14, since_reform(city))
    for person in staff.tolist():
        city.register(
            "employer_checkup", person=person, provider=hospital, first_day=span[0], last_day=span[1]
        )
    who = np.repeat(staff, rng.integers(1, 4, len(staff)))
    instance = about(city, city.instance("co_visit_group", lookalike=True), hospital).member("person", staff)
    instance.settled(
        city.settle(
            rng,
            who,
            hospital,
            between(rng, rng.integers(span[0], span[1] + 1, len(who)), 8.0, 11.5),
            care="outpatient",
            total=amounts(rng, len(who), 120, 420),
            certain=False,
        )
    )
