"""Looks like D34: two or three people, couples or friends, go to the chronic clinic together every month."""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 20
_PROGRAMMES = 6


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one pair or trio; they often go on to the pharmacy next to it."""
    for number in range(share(instances, _SHARE)):
        friends = _couple_and_friend(city, rng) if number % 2 else _neighbors(city, rng)
        district = int(city.people.district[friends[0]])
        center = int(city.pick_providers(rng, "primary_care", district=district)[0])
        pharmacy = int(city.pick_providers(rng, "pharmacy", district=district)[0])
        instance = city.instance("co_visit_group", lookalike=True).subject("group")
        instance.member("person", friends).member("provider", [center, pharmacy])
        programme, usual = rng.integers(0, _PROGRAMMES, len(friends)), int(rng.integers(2, 24))
        for start in city.period.month_starts.tolist():
            row = np.flatnonzero(rng.random(len(friends)) < 0.9)
            if len(row) == 0:
                continue
            day = start + usual + int(rng.integers(-2, 3))
            at = day * DAY + second(rng.uniform(8, 10.5)) + rng.integers(0, 20 * MINUTE, len(row))
            seen = city.settle(
                rng,
                friends[row],
                center,
                at,
                care="chronic",
                programme=programme[row],
                supply=28,
                certain=False,
            )
            instance.settled(seen)
            if rng.random() < 0.4:
                later = at + rng.integers(25 * MINUTE, 60 * MINUTE, len(row))
                instance.settled(city.settle(rng, friends[row], pharmacy, later, certain=False))


def _neighbors(city: Stage, rng: np.random.Generator) -> Ints:
    """Two or three old friends."""
    first = city.pick_people(rng, 1, age=(55, 95))
    district = int(city.people.district[first[0]])
    others = city.pick_people(rng, int(rng.integers(1, 3)), age=(55, 95), district=district)
    return np.concatenate([first, others])


def _couple_and_friend(city: Stage, rng: np.random.Generator) -> Ints:
    """Two relatives who live together, sometimes with a neighbor."""
    pair = city.pick_relatives(rng, 1, living_together=True)[0, :2]
    if rng.random() < 0.5:
        return np.asarray(pair)
    district = int(city.people.district[pair[0]])
    return np.concatenate([pair, city.pick_people(rng, 1, age=(45, 95), district=district)])
