"""Healthy people are admitted on paper: a bed for a night or three, little done, and they are seen elsewhere meanwhile.

Model "abnormal hospitalisation" of the national campaigns: free check-ups that turn out to be admissions.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.beds import inside, stay
from data_samples.third.cast import nearby, newcomers, suspect
from data_samples.third.dice import bills, normal, of, pareto
from data_samples.third.pace import outings, stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Groups from a village on the same days; small bills; some buy medicine at home while they lie in bed."""
    hospital = suspect(city, rng, "hospital")
    district = int(city.places.district[hospital])
    guests = newcomers(
        city, rng, pareto(rng, of(strength, 6, 10, 18), 1.8, 45), district=district, age=(50, 95)
    )
    span = stretch(city, rng, normal(rng, of(strength, 120, 90, 60), 0.3, 30, 300))
    last = max(span[0], span[1] - 6)
    days = outings(rng, (span[0], last), max(2, len(guests) // of(strength, 2, 4, 6)))
    instance = city.instance("hanging_bed_short_stay", strength=strength).subject("provider", hospital)
    for person in guests.tolist():
        admitted = int(rng.choice(days)) + int(rng.integers(0, 2))
        nights = int(
            rng.choice(
                [1, 2, 3, 5],
                p=of(strength, [0.3, 0.3, 0.2, 0.2], [0.4, 0.3, 0.2, 0.1], [0.6, 0.25, 0.1, 0.05]),
            )
        )
        total = int(bills(rng, 1, of(strength, 1500, 1150, 900), 0.25)[0])
        instance.settled(stay(city, rng, person, hospital, admitted, nights, total, lines=1))
        if nights > 1 and rng.random() < of(strength, 0.3, 0.5, 0.7):
            at = inside(rng, admitted, min(admitted + nights, city.period.last_day), 1, 8.5, 20.0)
            city.settle(rng, person, nearby(city, rng, person), at, certain=False)
