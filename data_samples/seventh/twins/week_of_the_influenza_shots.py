"""A health center treats a whole district in the first week of influenza, bill after bill.

Lawful because it is registered, everybody comes once or twice, and several desks work in parallel.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import sessions
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import every_day, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """From early morning until the evening."""
    center = host(city, rng, "primary_care")
    first, last = stretch(city, rng, int(rng.integers(5, 9)))
    when = np.repeat(every_day((first, last)), rng.integers(20, 65, last - first + 1))
    guests = passers_by(city, rng, len(when), center)
    city.register("event", provider=center, first_day=first, last_day=last)
    handles = city.settle(
        rng,
        rng.choice(guests, len(when)),
        center,
        sessions(rng, when, (7.3, 8.2), 6.0),
        care="outpatient",
        total=bills(rng, len(when), 40, 130),
        counter=rng.integers(0, 3, len(when)),
        doctor=rng.integers(0, 3, len(when)),
        certain=False,
    )
    about(city, city.instance("capacity_anomaly", lookalike=True), center).settled(handles)
