"""The guests of a card room go to the doctor's together, for a few yuan each.

Kind of case: a driver fills his van with neighbors and pays their share from an envelope.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow, in_line, season
from data_samples.sixth.sizes import amounts, favored, whole
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, nearby, owners
from data_samples.third.pace import since_reform


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Another part of the same guests each time, to places far from where they live."""
    guests = owners(city, rng, whole(rng, strength, 5, 32), age=(50, 92), district=int(rng.integers(2)))
    home = nearby(city, rng, int(guests[0]), "clinic")
    places = np.array([farthest(city, rng, home, kind) for kind in ("primary_care", "clinic", "hospital")])
    span = season(city, rng, strength, 30, 360, since_reform(city))
    instance = city.instance("co_visit_group", strength=strength)
    instance.subject("group")
    trips = np.unique(flow(rng, span, whole(rng, strength, 3, 34)))
    here = min(max(3, len(guests) // 2), 8)
    parties = [rng.permutation(guests)[: int(rng.integers(3, here + 1))] for _ in trips]
    instance.member("person", np.unique(np.concatenate(parties)))
    for day, party in zip(trips.tolist(), parties, strict=True):
        place = int(favored(rng, places, 1)[0])
        at = in_line(rng, np.full(len(party), day), (8.5, 15.0), 5)
        instance.settled(
            city.settle(
                rng,
                party,
                place,
                at,
                care="outpatient",
                total=amounts(rng, len(party), 130, 420),
                doctor=int(rng.integers(2)),
                purse=str(rng.choice(["cash", "account"])),
                certain=False,
            )
        )
