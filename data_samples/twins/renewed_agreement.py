"""Looks like D31: a provider's agreement ended and a new one began on the next day; care lies on both sides."""

from __future__ import annotations

import numpy as np

from data_samples.period import NEVER
from data_samples.scenes import DAY, Stage, second
from data_samples.twins.share import share

_SHARE = 10


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one clinic or pharmacy that has not been suspended."""
    for number in range(share(instances, _SHARE)):
        kind, care = (("clinic", "outpatient"), ("pharmacy", "pharmacy"))[number % 2]
        place = int(city.pick_providers(rng, kind)[0])
        if city.places.suspended_from[place] < NEVER or city.places.renewed[place] < NEVER:
            continue
        seam = int(rng.integers(city.period.first_day + 5, city.period.last_day - 5))
        city.renew_agreement(place, seam)
        size = city.ranges("renewed_agreement").people(rng, "patients")
        patients = city.pick_people(rng, size, district=int(city.places.district[place]))
        day = seam + rng.choice([-1, 0, -2, 1], len(patients))
        at = day * DAY + rng.integers(second(8.5), second(18), len(patients))
        handles = city.settle(rng, patients, place, at, care=care, certain=False)
        instance = city.instance("ineligible_settlement", lookalike=True).subject("provider", place)
        instance.member("person", patients).settled(handles)
