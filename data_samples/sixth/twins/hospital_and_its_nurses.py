"""The staff of a hospital are treated where they work.

Lawful because each comes a few times a year, to different colleagues, for ordinary sums.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, spare
from data_samples.third.pace import since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """People of one employer at one hospital."""
    hospital = host(city, rng, "hospital")
    wanted = spare(city, int(any_of(rng, 4, 30)))
    employer = city.pick_employer(rng, wanted)
    free = int((city.steady & ~city.taken & (city.people.employer == employer)).sum())
    staff = city.pick_people(rng, min(wanted, free), employer=employer, unrelated=False)
    turn, days = rounds(rng, len(staff), (since_reform(city), city.period.last_day), any_of(rng, 60, 130))
    instance = about(city, city.instance("staff_self_dealing", lookalike=True), hospital).member(
        "person", staff
    )
    instance.settled(
        city.settle(
            rng,
            staff[turn],
            hospital,
            at_desk(rng, days, 0.05),
            care="outpatient",
            total=amounts(rng, len(turn), 90, 260),
            certain=False,
        )
    )
