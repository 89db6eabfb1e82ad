"""A long stay is billed as several: discharged on paper, admitted again within days for the same illness."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import newcomers, suspect
from data_samples.third.dice import bills, geometric, normal, of, pareto
from data_samples.third.pace import stretch


@scene(5)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Parts of five to fifteen nights, without a day between them or with a few; other sums each time."""
    hospital = suspect(city, rng, "hospital")
    patients = newcomers(city, rng, pareto(rng, of(strength, 3, 6, 10), 1.8, 25), age=(45, 95))
    instance = city.instance("split_admission", strength=strength).subject("provider", hospital)
    for person in patients.tolist():
        parts = geometric(rng, of(strength, 2.2, 2.6, 3.4), 2, 6)
        nights = [normal(rng, 9, 0.35, 4, 18) for _ in range(parts)]
        gaps = np.minimum(rng.geometric(of(strength, 0.25, 0.4, 0.6), parts) - 1, 9)
        day = stretch(city, rng, sum(nights) + int(gaps.sum()))[0]
        diagnosis = int(rng.integers(0, 60))
        for night, gap in zip(nights, gaps.tolist(), strict=True):
            if day + night > city.period.last_day:
                break
            total = int(bills(rng, 1, 4600, 0.25)[0])
            part = stay(city, rng, person, hospital, day, night, total, diagnosis=diagnosis)
            instance.settled(part)
            day += night + gap
