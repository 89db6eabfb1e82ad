"""D09: a large bill uses up the annual deductible, the fund pays what follows, and the bill is undone late.

The bill stood on record while it mattered. It is one hospital's favor to a few patients, or one patient's own doing.
An area without an annual deductible has no such scene.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY
from data_samples.scenes import Stage
from data_samples.scenes.benefit_values import deductible, whole_years
from data_samples.second.casting import by_day, near, some_days
from data_samples.second.draws import amounts, graded, heavy, strengths

_CATEGORIES = ("active", "retired")


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient, or a few of one hospital."""
    if not whole_years(city):
        return
    for number, strength in enumerate(strengths(rng, instances, 40)):
        category = _CATEGORIES[number % 2]
        if deductible(city, category) == 0:
            continue
        several = heavy(rng, 1, graded(strength, 2, 4, 9), 0.7) if number % 3 == 0 else 1
        hospital = int(city.pick_providers(rng, "hospital")[0])
        patients = city.pick_people(rng, several, categories=[category], unrelated=False)
        instance = city.instance("refund_resettle_loop", strength=strength)
        instance.subject("person", patients).member("provider", hospital)
        for patient in patients.tolist():
            instance.settled(_year(city, rng, patient, hospital, category, strength))


def _year(
    city: Stage, rng: np.random.Generator, patient: int, hospital: int, category: str, strength: int
) -> np.ndarray:
    first, end = whole_years(city)[int(rng.integers(0, len(whole_years(city))))]
    length = min(end - first - 20, graded(strength, 90, 160, 300))
    begin = int(rng.integers(first, end - length - 8))
    whole = deductible(city, category)
    large = int(whole * rng.uniform(graded(strength, 0.7, 1.0, 1.1), graded(strength, 1.3, 2.2, 4.5)))
    at = by_day(city, rng, np.array([begin]), "other")
    bill = city.settle(
        rng, patient, hospital, at, care="outpatient", total=large, in_scope=True, channel="manual"
    )
    days = some_days(
        rng, (begin + 1, begin + length), heavy(rng, graded(strength, 3, 5, 8), graded(strength, 8, 14, 40))
    )
    place = near(city, rng, patient, "primary_care")
    handles = city.settle(
        rng,
        patient,
        np.where(rng.random(len(days)) < 0.5, place, hospital),
        by_day(city, rng, days, "other"),
        care="outpatient",
        total=amounts(rng, len(days), float(rng.uniform(120, 500)), 0.5),
        in_scope=True,
        certain=False,
    )
    undone = min(int(days[-1]) + heavy(rng, 1, 40), end)
    city.reverse(bill, undone * DAY + 16 * 3600)
    return np.concatenate([bill, handles])
