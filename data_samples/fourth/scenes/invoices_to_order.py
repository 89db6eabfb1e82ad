"""A hospital cashier settles visits that end in nothing but a printed invoice, and takes them back when it is used.

Kind of case: invoices for commercial insurers and employers; the fund's deductible and limits are moved on the way.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.rhythm import after, bursts, on_workdays, phase
from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owners, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, since_reform


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Minutes, hours or days later, often by another counter; between the two some later bills are already paid."""
    place = suspect(city, rng, str(rng.choice(["hospital", "primary_care"])))
    friends = owners(city, rng, number(rng, strength, 3, 24))
    span = phase(city, rng, strength, 45, 330, since_reform(city))
    days = np.maximum(on_workdays(bursts(rng, span, number(rng, strength, 8, 90))), span[0])
    at = between(rng, days, 8.0, 17.0)
    counter = int(rng.integers(city.places.counters[place]))
    other = int(rng.integers(city.places.counters[place]))
    handles = city.settle(
        rng,
        uneven(rng, friends, len(at), 1.2),
        place,
        at,
        care="outpatient",
        total=sums(rng, len(at), 220, 1_300, 9_000),
        counter=np.where(rng.random(len(at)) < portion(rng, strength, 0.4, 0.95), counter, other),
    )
    back = after(rng, at, 3, 14 * 24 * 60)
    # What is not taken back on the same shift is taken back in the office hours of a later day.
    back = np.where(
        back - at > 4 * 3_600, between(rng, np.maximum(back // DAY, at // DAY + 1), 8.0, 17.5), back
    )
    undone = (rng.random(len(at)) < portion(rng, strength, 0.6, 0.96)) & (
        back < (city.period.last_day + 1) * DAY
    )
    undone[0] = back[0] < (city.period.last_day + 1) * DAY
    if undone.any():
        city.reverse(handles[undone], back[undone])
    instance = city.instance("refund_resettle_loop", strength=strength).subject("provider", place)
    instance.member("person", friends).settled(handles)
    customers(city, rng, place, np.unique(days), 3.0)
