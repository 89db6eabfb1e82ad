"""D42: a provider settles weeks late, without doctor and diagnosis, or with amounts that do not add up.

Mild instances are a part of what it settles.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.magnitudes import KINDS
from data_samples.period import Ints
from data_samples.ranges import Ranges
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import a_month, in_hours

_FEWEST = 3
_LATEST = 60


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one provider within a month, with more settlements than it has otherwise.

    Each takes a provider for itself, so there are a third as many as of others; instances cycle through the causes.
    """
    causes = (_late, _without_fields, _inconsistent)
    kinds = ("primary_care", "clinic")
    for number, strength in enumerate(city.strengths(rng, max(_FEWEST, instances // _FEWEST))):
        ranges = city.ranges("data_transmission_defect", strength)
        place = _quiet(city, rng, kinds[number % len(kinds)])
        district, size = int(city.places.district[place]), ranges.people(rng, "patients")
        patients = city.pick_people(rng, size, district=district, unrelated=False)
        times = ranges.counts(rng, "times", len(patients))
        who = np.repeat(patients, times)
        # Nobody's first month of care is before the period.
        first, last = a_month(city, rng, max(city.policy_start, city.period.first_day) + _LATEST)
        days = rng.integers(first, last + 1, len(who))
        bad = rng.random(len(who)) < ranges.share(rng, "share")
        bad[0] = True
        good = ~bad & np.isin(who, who[bad])
        if good.any():
            _sent(city, rng, who[good], place, days[good])
        handles = causes[number % len(causes)](city, rng, who[bad], place, days[bad], ranges)
        instance = city.instance("data_transmission_defect", strength=strength).subject("provider", place)
        instance.member("person", np.unique(who[bad])).settled(handles)


def _quiet(city: Stage, rng: np.random.Generator, kind: str) -> int:
    """A provider for this instance alone, of the less visited half: most of what it sends is planted."""
    places = city.places
    members = np.flatnonzero((places.kind == KINDS.index(kind)) & ~city.provider_taken)
    unseen = members[~city.provider_visited[members]]
    pool = unseen if len(unseen) else members
    if len(pool) == 0:
        return int(city.pick_providers(rng, kind, subject=True)[0])
    pool = pool[np.argsort(places.popularity[pool], kind="stable")]
    chosen = int(rng.choice(pool[: (len(pool) + 1) // 2]))
    city.provider_taken[chosen] = city.provider_visited[chosen] = True
    return chosen


def _late(city: Stage, rng: np.random.Generator, who: Ints, place: int, days: Ints, ranges: Ranges) -> Ints:
    """Online, but weeks after the care."""
    served = days - ranges.counts(rng, "late", len(days))
    return _sent(city, rng, who, place, days, served=served, prescribed=-1)


def _without_fields(
    city: Stage, rng: np.random.Generator, who: Ints, place: int, days: Ints, _ranges: Ranges
) -> Ints:
    """Neither a doctor nor a diagnosis, at a place that has doctors."""
    return _sent(city, rng, who, place, days, doctor=-1, prescribed=-1, diagnosis=-1)


def _inconsistent(
    city: Stage, rng: np.random.Generator, who: Ints, place: int, days: Ints, ranges: Ranges
) -> Ints:
    """What is in scope and what is not are more than the total."""
    total = rng.integers(5_000, 40_000, len(who))
    handles = _sent(city, rng, who, place, days, total=total, in_scope=True)
    for handle, more in zip(handles.tolist(), ranges.fen(rng, "excess", len(who)).tolist(), strict=True):
        city.defect(np.array([handle]), "fully_self_paid", more)
    return handles


def _sent(city: Stage, rng: np.random.Generator, who: Ints, place: int, days: Ints, **fields: Any) -> Ints:
    return city.settle(rng, who, place, in_hours(rng, days), care="outpatient", certain=False, **fields)
