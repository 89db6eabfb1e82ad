"""D34: people without any recorded relation come together again and again."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is a group with some providers; not everybody comes every time."""
    for strength in city.strengths(rng, instances):
        ranges = city.ranges("co_visit_group", strength)
        members = city.pick_people(rng, ranges.people(rng, "members"), account=True, age=(25, 85))
        kind = str(rng.choice(["pharmacy", "clinic", "primary_care"], p=[0.5, 0.3, 0.2]))
        home = int(city.people.district[members[0]])
        places = city.pick_providers(rng, kind, ranges.count(rng, "places"), district=home)
        instance = city.instance("co_visit_group", strength=strength).subject("group")
        instance.member("person", members).member("provider", np.unique(places))
        attendance, minutes = ranges.share(rng, "attendance"), ranges.count(rng, "minutes")
        care = "pharmacy" if kind == "pharmacy" else "outpatient"
        for day in city.days(rng, ranges.count(rng, "days", city.period.days)):
            there = rng.permutation(members[rng.random(len(members)) < attendance])
            if len(there) == 0:
                continue
            at = day * DAY + second(rng.uniform(8.5, 18)) + rng.integers(0, minutes * MINUTE, len(there))
            place = int(rng.choice(places))
            instance.settled(city.settle(rng, there, place, at, care=care))
