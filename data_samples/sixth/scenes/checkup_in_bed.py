"""A small hospital admits healthy people for two or three nights of examinations.

Kind of case: stays as check-ups, a payment for every head that is brought.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.sixth.rounds import flow, on_the, season
from data_samples.sixth.sizes import amounts, whole
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import newcomers, suspect


@scene(12)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """In on one day, out on another, many together; sums and diagnoses are alike."""
    hospital = suspect(city, rng, "hospital")
    guests = newcomers(city, rng, whole(rng, strength, 4, 50), age=(40, 90))
    if len(guests) == 0:  # in a small city everybody has been seen
        return
    batches = np.unique(flow(rng, season(city, rng, strength, 20, 300), max(1, len(guests) // 4)))
    batches = on_the(batches + 6, int(rng.integers(3)))
    day = np.sort(rng.choice(np.clip(batches, city.period.first_day, city.period.last_day - 5), len(guests)))
    total = amounts(rng, len(guests), 1_900, 4_800)
    instance = city.instance("hanging_bed_short_stay", strength=strength)
    instance.subject("provider", hospital).member("person", guests)
    for guest, admitted, fen in zip(guests.tolist(), day.tolist(), total.tolist(), strict=True):
        nights = int(rng.choice([1, 2, 2, 3, 3, 4]))
        diagnosis = int(rng.integers(3))
        instance.settled(stay(city, rng, guest, hospital, admitted, nights, fen, diagnosis=diagnosis))
