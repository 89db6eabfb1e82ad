"""A village has one doctor and one shop, so that nearly all prescriptions go from the one to the other.

Lawful because each patient was seen at the clinic shortly before, by the same doctor.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, minutes_after
from data_samples.seventh.measure import between_any, bills
from data_samples.third.acts import twin
from data_samples.third.cast import about, closest, host, passers_by
from data_samples.third.pace import between, since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Illness by illness, many different drugs."""
    shop = host(city, rng)
    clinic = int(closest(city, shop, "clinic")[0])
    days = busy_days(
        rng, stretch(city, rng, int(rng.integers(80, 300)), since_reform(city)), int(between_any(rng, 25, 90))
    )
    who = rng.choice(passers_by(city, rng, 80, shop), len(days))
    seen = between(rng, days, 8.3, 16.0)
    diagnosis = rng.integers(0, 60, len(days))
    city.settle(
        rng,
        who,
        clinic,
        seen,
        care="outpatient",
        total=bills(rng, len(days), 20, 80),
        doctor=0,
        diagnosis=diagnosis,
        certain=False,
    )
    handles = city.settle(
        rng,
        who,
        shop,
        minutes_after(rng, seen, 15, 120),
        total=bills(rng, len(days), 40, 180),
        desk=clinic,
        doctor=0,
        prescribed=seen - 4 * MINUTE,
        diagnosis=diagnosis,
        certain=False,
    )
    about(city, city.instance("doctor_pharmacy_concentration", lookalike=True), shop).settled(handles)
