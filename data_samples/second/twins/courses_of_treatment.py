"""Looks like D34: strangers are treated together for months because the treatment has its hours.

A dialysis shift comes three times a week; a course of traditional medicine has ten or twenty sessions at the same
hour; patients of a chronic clinic come on its weekday.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage
from data_samples.second.casting import some_days, spared, window
from data_samples.second.draws import amounts, heavies, heavy, how_many

_DIALYSIS = 7


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """The three ways take turns."""
    for number in range(how_many(instances, 30)):
        kind = ("hospital", "clinic", "primary_care")[number % 3]
        place = int(city.pick_providers(rng, kind)[0])
        patients = city.pick_people(rng, spared(city, heavy(rng, 3, 14)), age=(38, 92))
        hour = int(rng.integers(7 * 60, 16 * 60))
        days = (_shift(city, rng), _course(city, rng), _weekday(city, rng))[number % 3]
        instance = city.instance("co_visit_group", lookalike=True).subject("group").member("person", patients)
        price = float(rng.uniform(60, 450))
        for day in days.tolist():
            there = patients[rng.random(len(patients)) < (0.97, 0.85, 0.7)[number % 3]]
            if len(there) == 0:
                continue
            at = day * DAY + hour * MINUTE + heavies(rng, len(there), 60, 2_400, 0.5)
            if number % 3 == 0:
                handles = city.settle(
                    rng,
                    there,
                    place,
                    at,
                    care="special_outpatient",
                    programme=_DIALYSIS,
                    certain=False,
                    in_scope=True,
                )
            else:
                total = amounts(rng, len(there), price, 0.12 if number % 3 == 1 else 0.4)
                handles = city.settle(rng, there, place, at, care="outpatient", total=total, certain=False)
            instance.settled(handles)
        for person in patients.tolist() if number % 6 == 0 else ():
            city.register("dialysis", person=person, provider=place)


def _shift(city: Stage, rng: np.random.Generator) -> Ints:
    """Three times a week for months."""
    first, last = window(city, rng, int(rng.integers(60, 240)))
    days = np.arange(first, last + 1)
    shift: Ints = days[np.isin(days % 7, (0, 2, 4) if rng.random() < 0.5 else (1, 3, 5))]
    return shift


def _course(city: Stage, rng: np.random.Generator) -> Ints:
    """Ten to twenty sessions within a few weeks."""
    return some_days(rng, window(city, rng, int(rng.integers(18, 45))), int(rng.choice([10, 12, 15, 20])))


def _weekday(city: Stage, rng: np.random.Generator) -> Ints:
    """Every second or fourth week, on the same day of the week."""
    first, last = window(city, rng, 300)
    return np.arange(first, last + 1, int(rng.choice([14, 28])), dtype=np.int64)
