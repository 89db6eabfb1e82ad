"""A hospital discharges long-term patients when their bill reaches what pays best, and admits them again.

Kind of case: split admissions under flat payments by case; now and then the pause is spent in a partner's bed.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, wide
from data_samples.fourth.rhythm import phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import host, newcomers, suspect

FIRST = True


@scene(6)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Gaps of some days, another diagnosis on paper, bills that come close to the same sum."""
    hospital = suspect(city, rng, "hospital")
    partner = host(city, rng, "hospital")
    patients = newcomers(city, rng, number(rng, strength, 3, 16), age=(50, 98))
    if len(patients) == 0:
        return
    span = phase(city, rng, strength, 70, 300)
    target, spread = round(wide(rng, 350_000, 1_600_000)), float(rng.uniform(0.03, 0.2))
    instance = city.instance("split_admission", strength=strength)
    instance.subject("provider", hospital).member("person", patients)
    for person in patients.tolist():
        admitted = span[0] + int(rng.integers(0, 25))
        for part in range(number(rng, strength, 2, 6)):
            nights = round(wide(rng, 5, 20))
            if admitted + nights > min(span[1], city.period.last_day - 1) and part > 1:
                break
            admitted = min(admitted, city.period.last_day - nights - 1)
            away = part % 2 == 1 and rng.random() < 1 - portion(rng, strength, 0.6, 0.95)
            fen = max(round(target * float(rng.normal(1, spread))), 100_000)
            instance.settled(stay(city, rng, person, partner if away else hospital, admitted, nights, fen))
            admitted += nights + int(rng.integers(0, 8))
            if admitted >= city.period.last_day - 8:
                break
