"""Looks like D34: residents of a nursing home are driven to a hospital or to a pharmacy together.

Two of three homes are registered with their residents.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 15


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is the bus of one home, with trips to one or two places."""
    for number in range(share(instances, _SHARE)):
        ranges = city.ranges("nursing_home_outing")
        residents = city.pick_people(rng, ranges.people(rng, "residents"), age=(68, 105), unrelated=False)
        district = int(city.people.district[residents[0]])
        kinds = ("hospital", "pharmacy", "primary_care")
        places = [int(city.pick_providers(rng, kind, district=district)[0]) for kind in rng.choice(kinds, 2)]
        instance = city.instance("co_visit_group", lookalike=True).subject("group")
        instance.member("person", residents).member("provider", np.unique(places))
        if number % 3 < 2:
            for resident in residents.tolist():
                city.register("nursing_home", person=resident)
        for day in city.days(rng, ranges.count(rng, "days", city.period.days)):
            there = rng.permutation(residents[rng.random(len(residents)) < 0.75])
            if len(there) == 0:
                continue
            place = int(rng.choice(places))
            care = "outpatient" if city.places.kind[place] else "pharmacy"
            at = day * DAY + second(rng.uniform(8.5, 14.5)) + rng.integers(0, 45 * MINUTE, len(there))
            handles = city.settle(
                rng,
                there,
                place,
                at,
                care=care,
                certain=False,
            )
            instance.settled(handles)
