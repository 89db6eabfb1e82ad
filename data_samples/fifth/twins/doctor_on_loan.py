"""A county hospital lends a doctor to a health center for some months; patients follow from the hospital's district.

The auditor: the order of secondment has a seal and two dates, the center's roster has his name, and the patients were
his before.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import grown
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.fourth.rhythm import on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.pace import between, every_day, since_reform, stretch


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """On working days; the hospital is where he sits before and after."""
    center, hospital = host(city, rng, "primary_care"), host(city, rng, "hospital")
    doctor = int(rng.integers(city.places.doctors[hospital]))
    span = stretch(city, rng, several_of(rng, 40, 240), since_reform(city) + 30)
    days = np.sort(np.maximum(on_workdays(grown(rng, every_day(span), several_of(rng, 30, 220))), span[0]))
    people = passers_by(city, rng, max(6, round(len(days) / wide(rng, 1.2, 4.0))), hospital)
    handles = city.settle(
        rng,
        rng.choice(people, len(days)),
        center,
        between(rng, days, 8.0, 16.5),
        care="outpatient",
        total=sums(rng, len(days), 60, 260, 1_800),
        desk=hospital,
        doctor=doctor,
        certain=False,
    )
    about(city, city.instance("fictitious_purchase", lookalike=True), center).settled(handles)
    before = span[0] - 1 - rng.integers(0, 28, several_of(rng, 4, 30))
    seen = rng.choice(people, len(before))
    at = between(rng, before, 8.0, 16.5)
    city.settle(rng, seen, hospital, at, care="outpatient", doctor=doctor, certain=False)
