"""The staff of a clinic and their families are its most frequent patients.

Kind of case: an employee in his forties and his wife, three hundred visits in half a year at his own clinic.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds, season
from data_samples.sixth.sizes import amounts, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import closest, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import every_day, since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Two colleagues or more of one employer, with or without a spouse, several times a week and twice on a day."""
    clinic = suspect(city, rng, str(rng.choice(["clinic", "pharmacy", "primary_care"])))
    wanted = whole(rng, strength, 2, 8)
    staff = city.pick_people(
        rng, wanted, employer=city.pick_employer(rng, wanted), account=True, unrelated=False
    )
    span = season(city, rng, strength, 60, 300, since_reform(city))
    turn, days = rounds(rng, len(staff), span, rarer(rng, strength, 2.2, 14))
    again = rng.random(len(days)) < rng.uniform(0.05, 0.6)
    turn, days = np.r_[turn, turn[again]], np.r_[days, days[again]]
    instance = city.instance("staff_self_dealing", strength=strength)
    instance.subject("provider", clinic).member("person", staff)
    instance.settled(
        buy_or_visit(
            city,
            rng,
            staff[turn],
            np.full(len(turn), clinic),
            at_desk(rng, days, 0.5),
            desks=closest(city, clinic, "clinic"),
            total=amounts(rng, len(turn), 80, 380),
            certain=False,
        )
    )
    customers(city, rng, clinic, every_day(span)[:: int(rng.integers(1, 4))], 4.0)
