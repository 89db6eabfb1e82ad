"""Nearly all prescriptions of a shop come from the clinic next to it.

Lawful because each is filled minutes after a visit that was paid for, and the two stand wall to wall.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, closest, host, passers_by
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Visits at the clinic, and a purchase after most of them."""
    clinic = host(city, rng, "clinic")
    shop = int(closest(city, clinic, "pharmacy")[0])
    span = stretch(city, rng, int(any_of(rng, 60, 360)), since_reform(city))
    days = flow(rng, span, int(any_of(rng, 30, 130)))
    who = rng.choice(passers_by(city, rng, len(days), clinic), len(days))
    at = at_desk(rng, days, 0.05)
    city.settle(rng, who, clinic, at, care="outpatient", doctor=0, certain=False)
    instance = about(city, city.instance("doctor_pharmacy_concentration", lookalike=True), shop)
    instance.settled(
        city.settle(
            rng,
            who,
            shop,
            at + rng.integers(6 * MINUTE, 38 * MINUTE, len(at)),
            total=amounts(rng, len(at), 50, 160),
            desk=clinic,
            doctor=0,
            prescribed=at + 3 * MINUTE,
            certain=False,
        )
    )
