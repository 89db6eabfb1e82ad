"""A patient has three or four bills of a morning at one hospital, each of them small, and was sent from room to room.

The auditor: different departments and doctors, each with a finding; what was ordered in the first was done in the next.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums, wide
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, since_reform, stretch


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Different patients on different days; sums follow no line."""
    hospital = host(city, rng, "hospital")
    span = stretch(city, rng, several_of(rng, 20, 300), since_reform(city))
    days = np.unique(bursts(rng, span, several_of(rng, 4, 50)))
    people = rng.permutation(passers_by(city, rng, len(days), hospital))
    days = days[: len(people)]
    parts = rng.integers(2, 5, len(days))
    row = np.repeat(np.arange(len(days)), parts)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    at = between(rng, days, 8.0, 9.5)[row] + np.round(nth * 60 * wide(rng, 20, 60)).astype(np.int64)
    doctor = (rng.integers(0, 400, len(days))[row] + 3 * nth) % int(city.places.doctors[hospital])
    handles = city.settle(
        rng,
        people[row],
        hospital,
        at,
        care="outpatient",
        total=sums(rng, len(row), 40, 260, 2_000),
        doctor=doctor,
        diagnosis=rng.integers(0, 60, len(row)),
        certain=False,
    )
    about(city, city.instance("split_prescription", lookalike=True), hospital).settled(handles)
