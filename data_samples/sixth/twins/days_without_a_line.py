"""The line of a clinic is down for a week; its bills are sent by hand when it works again.

Lawful because it happens once, and every bill is complete.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.sixth.rounds import in_line
from data_samples.sixth.sizes import amounts, any_of
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """All of the week's care on one or two evenings."""
    clinic = host(city, rng, "clinic")
    span = stretch(city, rng, int(rng.integers(4, 10)), since_reform(city))
    served = np.sort(rng.integers(span[0], span[1] + 1, int(any_of(rng, 10, 60))))
    sent = np.minimum(span[1] + rng.integers(0, 2, len(served)), city.period.last_day)
    sent = np.sort(np.maximum(sent, served))
    instance = about(city, city.instance("data_transmission_defect", lookalike=True), clinic)
    instance.settled(
        city.settle(
            rng,
            rng.choice(passers_by(city, rng, 2 * len(sent), clinic), len(sent)),
            clinic,
            in_line(rng, sent, (18.2, 19.0), 2),
            care="outpatient",
            total=amounts(rng, len(sent), 50, 160),
            doctor=0,
            served=served,
            prescribed=served * DAY + second(10.0),
            channel="manual",
            certain=False,
        )
    )
