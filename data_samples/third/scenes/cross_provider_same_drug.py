"""Somebody fetches the same drug at one place after the other, before the last box is used up.

The 2025 campaign names it: the same drug across departments and institutions.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import owner, several
from data_samples.third.dice import bills, normal, of, thinned
from data_samples.third.goods import drugs
from data_samples.third.pace import about_every, outings, stretch, usual


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A round of places every few weeks, some skipped, with other drugs among them and an honest month now and then."""
    person = owner(city, rng, age=(40, 95))
    district = int(city.people.district[person])
    places = several(
        city, rng, of(strength, 3, 4, 6), "primary_care", "clinic", "hospital", district=district
    )
    drug = drugs(rng, 1)
    span = stretch(city, rng, normal(rng, of(strength, 110, 180, 300), 0.3, 60, 500))
    supply = int(rng.choice([14, 28, 30]))
    instance = city.instance("cross_provider_same_drug", strength=strength).subject("person", person)
    for start in thinned(rng, about_every(rng, span, supply, 0.2), of(strength, 0.6, 0.75, 0.9), 2).tolist():
        round_of = thinned(rng, rng.permutation(places), of(strength, 0.6, 0.75, 0.85), 2)
        days = outings(rng, (start, min(start + of(strength, 12, 9, 6), city.period.last_day)), len(round_of))
        count = len(days)
        handles = city.settle(
            rng,
            person,
            round_of[:count],
            usual(city, rng, days, "other"),
            care="outpatient",
            total=bills(rng, count, 165, 0.35),
            item=drug[0],
            packs=rng.choice([1, 2], count),
            supply=supply,
            lines=rng.choice([1, 2, 3], count),
        )
        instance.settled(handles)
    between_rounds = usual(city, rng, outings(rng, span, 4), "other")
    city.settle(rng, person, places[0], between_rounds, care="outpatient", certain=False)
