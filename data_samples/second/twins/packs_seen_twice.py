"""Looks like D01: a trace code is scanned twice, lawfully.

A health center sells packs in parts, each marked as such; or a shop takes a pack back, undoes the sale, and sells it
to the next customer.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import about_place, by_day, some_days, spared, window
from data_samples.second.draws import amounts, heavies, heavy, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one place; the two ways take turns."""
    for number in range(how_many(instances, 25)):
        kind = ("primary_care", "pharmacy")[number % 2]
        place = int(city.pick_providers(rng, kind)[0])
        patients = city.pick_people(
            rng, spared(city, heavy(rng, 6, 40)), district=int(city.places.district[place]), unrelated=False
        )
        way = (_in_parts, _taken_back)[number % 2]
        instance = city.instance("duplicate_trace_code", lookalike=True)
        about_place(city, instance, place).member("person", patients)
        instance.settled(way(city, rng, place, patients))


def _in_parts(city: Stage, rng: np.random.Generator, place: int, patients: np.ndarray) -> np.ndarray:
    parts = []
    for _ in range(heavy(rng, 3, 25)):
        count = int(rng.integers(2, 7))
        days = some_days(rng, window(city, rng, 20), count)
        handles = city.settle(
            rng,
            rng.choice(patients, len(days)),
            place,
            by_day(city, rng, days, "other"),
            care="outpatient",
            total=amounts(rng, len(days), 16, 0.4),
            item=_drug(rng),
            lines=1,
            packs=1,
            certain=False,
        )
        city.sell_in_parts(handles)
        parts.append(handles)
    return np.concatenate(parts)


def _taken_back(city: Stage, rng: np.random.Generator, place: int, patients: np.ndarray) -> np.ndarray:
    count = heavy(rng, 2, 14)
    latest = city.period.last_day - 35
    at = by_day(city, rng, rng.integers(city.period.first_day, latest, count))
    item, total = np.array([_drug(rng) for _ in at]), amounts(rng, count, 55, 0.5)
    first, second = (rng.choice(patients, count) for _ in range(2))
    sold = city.settle(rng, first, place, at, total=total, item=item, lines=1, packs=1, in_scope=True)
    back = at + heavies(rng, count, 20, 6_000, 0.4) * MINUTE
    city.reverse(sold, back)
    later = by_day(city, rng, back // DAY + heavies(rng, count, 1, 25))
    again = city.settle(
        rng, second, place, later, total=total, item=item, lines=1, packs=1, in_scope=True, certain=False
    )
    city.sell_again(again, sold)
    return np.concatenate([sold, again])


def _drug(rng: np.random.Generator) -> int:
    """An item that is a drug: one in nine is not."""
    return int(rng.integers(1, 30)) * 9
