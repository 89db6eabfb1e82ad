"""A factory has stopped paying contributions; a health center nearby treats its suspended workers at the fund's cost.

Kind of case: benefits paid for months without entitlement, with the knowledge of the institution.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.people import among
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, rounds, season
from data_samples.sixth.sizes import amounts, rarer, whole
from data_samples.third.acts import scene
from data_samples.third.cast import spare, suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The suspension is the same for all of them."""
    employer = city.pick_employer(rng, 4)
    free = city.steady & ~city.taken & (city.people.employer == employer)
    wanted = min(spare(city, whole(rng, strength, 2, 30)), int(free.sum()))
    seen = np.zeros(city.people.count, dtype=bool)
    seen[city.drafts().person] = True
    workers = among(city, rng, ~seen, wanted, employer=employer, unrelated=False)
    if len(workers) == 0:  # in a small city everybody has been seen
        return
    center = suspect(city, rng, "primary_care")
    span = season(city, rng, strength, 30, 200, since_reform(city))
    span = (span[0], min(span[1], city.period.last_day - 2))
    city.pause_cover(workers, span[0], span[1])
    turn, days = rounds(rng, len(workers), span, rarer(rng, strength, 8, 50))
    instance = city.instance("ineligible_settlement", strength=strength)
    instance.subject("provider", center).member("person", workers)
    instance.settled(
        city.settle(
            rng,
            workers[turn],
            center,
            at_desk(rng, days, 0.1),
            care="outpatient",
            total=amounts(rng, len(turn), 120, 520),
            certain=False,
        )
    )
