"""Looks like D31: settled after the death, for care that was given before it or on the very day."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, Stage, second
from data_samples.twins.share import share

_SHARE = 30
_LATEST = 20


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one person: emergency care, special care or a last purchase that the family settled later."""
    for number in range(share(instances, _SHARE)):
        person = city.pick_people(rng, 1, age=(55, 105))
        death = int(rng.integers(city.period.first_day + 30, city.period.last_day - _LATEST - 1))
        city.die(person, death, enrolment_ends=bool(number % 3))
        often = int(rng.integers(1, 4))
        served = death - np.sort(rng.integers(0, 6, often))[::-1]
        served[-1] = death if number % 2 else served[-1]
        settled = death + np.sort(rng.integers(1, _LATEST, often))
        at = settled * DAY + rng.integers(second(9), second(16), often)
        kind, care = (("hospital", "emergency"), ("hospital", "outpatient"), ("clinic", "outpatient"))[
            number % 3
        ]
        place = city.pick_providers(rng, kind, district=int(city.people.district[person[0]]))[0]
        handles = city.settle(
            rng,
            person[0],
            place,
            at,
            care=care,
            certain=False,
            served=served,
            doctor=0,
            prescribed=served * DAY + second(10),
        )
        instance = city.instance("ineligible_settlement", lookalike=True)
        instance.subject("person", person).member("provider", place).settled(handles)
