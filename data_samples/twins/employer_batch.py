"""Looks like D07: 15 to 30 colleagues buy or are checked within an hour or so, once or twice a year.

Half of the employers have registered the day; some retired colleagues, who have no employer any more, come along.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 30
_HALF_A_YEAR = 180


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one employer; health checks and flu-season purchases take turns."""
    for number in range(share(instances, _SHARE)):
        staff = _colleagues(city, rng)
        check = number % 2 == 0
        kind = str(rng.choice(["hospital", "primary_care"])) if check else "pharmacy"
        place = int(city.pick_providers(rng, kind, district=int(city.people.district[staff[0]]))[0])
        instance = city.instance("card_concentration", lookalike=True)
        instance.subject("provider", place).member("person", staff)
        ranges = city.ranges("employer_batch")
        price, item = int(ranges.fen(rng, "price", 1)[0]), int(rng.integers(1, 280))
        for day in _days(city, rng):
            there = rng.permutation(staff[rng.random(len(staff)) < 0.9])
            length = ranges.count(rng, "minutes") * MINUTE
            at = day * DAY + second(rng.uniform(8, 16)) + np.sort(rng.integers(0, length, len(there)))
            total = price + (
                rng.choice([0, 0, 0, 1_500, 3_800], len(there)) if check else _basket(rng, there)
            )
            care = "outpatient" if check else "pharmacy"
            instance.settled(
                city.settle(rng, there, place, at, care=care, total=total, item=item, certain=False)
            )
            if number % 4 < 2:
                city.register("employer_checkup", provider=place, first_day=int(day), last_day=int(day))


def _colleagues(city: Stage, rng: np.random.Generator) -> Ints:
    """Employees of one employer, with up to four who have retired from it."""
    wanted = city.ranges("employer_batch").people(rng, "staff")
    employer = city.pick_employer(rng, wanted)
    free = int((city.steady & ~city.taken & (city.people.employer == employer)).sum())
    staff = city.pick_people(rng, min(wanted, free), employer=employer, unrelated=False)
    retired = city.pick_people(rng, int(rng.integers(0, 5)), categories=["retired"], unrelated=False)
    return np.concatenate([staff, retired])


def _days(city: Stage, rng: np.random.Generator) -> list[int]:
    """One day, or two about half a year apart."""
    first = int(rng.integers(city.period.first_day, city.period.last_day + 1))
    second_day = first + _HALF_A_YEAR + int(rng.integers(-20, 20))
    again = rng.random() < 0.5 and second_day <= city.period.last_day
    return [first, second_day] if again else [first]


def _basket(rng: np.random.Generator, there: Ints) -> Ints:
    """Fen above or below the usual basket."""
    return np.asarray(10 * rng.integers(-250, 500, len(there)), dtype=np.int64)
