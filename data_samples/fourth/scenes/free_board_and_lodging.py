"""A small hospital fills its beds with villagers who are well: free meals, a lift home, and the card stays there.

Kind of case: recruited inpatients, low admission standards, beds that are empty at night.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.beds import inside, stay
from data_samples.third.cast import closest, newcomers, suspect

FIRST = True


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Guests arrive in groups after a campaign, stay a few nights on paper, and some buy at home meanwhile."""
    hospital = suspect(city, rng, "hospital")
    guests = newcomers(city, rng, number(rng, strength, 4, 34), age=(45, 95))
    if len(guests) == 0:
        return
    span = phase(city, rng, strength, 60, 330)
    arrivals = bursts(rng, span, len(guests))
    instance = city.instance("hanging_bed_short_stay", strength=strength)
    instance.subject("provider", hospital).member("person", guests)
    price = sums(rng, len(guests), 1_300, 3_800, 9_000)
    diagnosis = int(rng.integers(60))
    for person, day, fen in zip(guests.tolist(), arrivals.tolist(), price.tolist(), strict=True):
        nights = int(rng.choice([1, 2, 3, 4, 5, 6], p=[0.25, 0.25, 0.2, 0.12, 0.1, 0.08]))
        admitted = min(day, city.period.last_day - nights)
        alike = rng.random() < portion(rng, strength, 0.4, 0.9)
        mark = {"diagnosis": diagnosis if alike else int(rng.integers(60))}
        instance.settled(stay(city, rng, person, hospital, admitted, nights, fen, **mark))
        at = inside(rng, admitted, admitted + nights, 1, 9, 20)
        if len(at) and rng.random() < portion(rng, strength, 0.15, 0.6):
            city.settle(rng, person, int(closest(city, hospital, "pharmacy")[0]), at, certain=False)
