"""D34: five to twelve people without any recorded relation come together again and again."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is a group with one to four providers; not everybody comes every time."""
    for _ in range(instances):
        members = city.pick_people(rng, int(rng.integers(5, 13)), account=True, age=(25, 85))
        kind = str(rng.choice(["pharmacy", "clinic", "primary_care"], p=[0.5, 0.3, 0.2]))
        home = int(city.people.district[members[0]])
        places = city.pick_providers(rng, kind, int(rng.integers(1, 5)), district=home)
        instance = city.instance("co_visit_group").subject("group")
        instance.member("person", members).member("provider", np.unique(places))
        attendance = rng.uniform(0.6, 0.9)
        care = "pharmacy" if kind == "pharmacy" else "outpatient"
        for day in city.days(rng, int(rng.integers(6, 15))):
            there = rng.permutation(members[rng.random(len(members)) < attendance])
            if len(there) == 0:
                continue
            at = day * DAY + second(rng.uniform(8.5, 18)) + rng.integers(0, 30 * MINUTE, len(there))
            place = int(rng.choice(places))
            instance.settled(city.settle(rng, there, place, at, care=care))
