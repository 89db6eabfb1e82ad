"""After a hospital has moved to another system, one clerk enters by hand what could not be settled for a fortnight.

The auditor: the outage is in the agency's log, every patient appears once or twice, and the visits are in the ward's
books on the days that were entered.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import in_a_row
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.fourth.rhythm import on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import given_on
from data_samples.third.pace import every_day, since_reform, stretch


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Different patients and doctors, sums as always; after some evenings the stack is empty."""
    hospital = host(city, rng, str(rng.choice(["hospital", "primary_care"])))
    outage = stretch(city, rng, several_of(rng, 4, 18), since_reform(city))
    people = rng.permutation(passers_by(city, rng, several_of(rng, 12, 110), hospital))
    latest = city.period.last_day
    entering = every_day((min(outage[1] + 1, latest), min(outage[1] + several_of(rng, 3, 20), latest)))
    days = np.sort(np.maximum(on_workdays(rng.choice(entering, len(people))), outage[1] + 1))
    days = np.minimum(days, latest)
    served = rng.integers(outage[0], outage[1] + 1, len(people))
    served = np.minimum(served, days - 1)
    at = in_a_row(rng, days, (13.0, 17.5), wide(rng, 1.0, 8.0))
    handles = city.settle(
        rng,
        people,
        hospital,
        at,
        care="outpatient",
        total=sums(rng, len(people), 90, 360, 3_000),
        channel="manual",
        counter=int(rng.integers(city.places.counters[hospital])),
        certain=False,
        **given_on(at, served),
    )
    about(city, city.instance("insider_operation", lookalike=True), hospital).settled(handles)
