"""A hospital cuts a long stay into pieces on paper, some of them at its sister hospital; the patient keeps the bed.

Kind of case: split admissions around the days and sums from which a stay is no longer paid well.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, several_of, sums, wide
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import newcomers, suspect
from data_samples.third.dice import chance
from data_samples.third.pace import stretch


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The same illness and the same doctors; patients whose stay is short are left alone."""
    hospital = suspect(city, rng, "hospital")
    sister = suspect(city, rng, "hospital") if chance(rng, 0.35) else hospital
    patients = newcomers(city, rng, number(rng, strength, 2, 12), age=(48, 100))
    if len(patients) == 0:
        return
    instance = city.instance("split_admission", strength=strength)
    instance.subject("provider", np.unique([hospital, sister]))
    line, moves = round(wide(rng, 6, 18)), portion(rng, strength, 0.1, 0.6)
    for person in patients.tolist():
        pieces = min(1 + number(rng, strength, 1, 5), max(2, city.period.days // (line + 8)))
        nights = np.maximum(line - rng.integers(0, max(2, line // 3), pieces), 2)
        pauses = rng.geometric(wide(rng, 0.3, 0.9), pieces)
        day = stretch(city, rng, int((nights + pauses).sum()))[0]
        level, diagnosis = wide(rng, 2_500, 9_000), int(rng.integers(60))
        for several_nights, pause in zip(nights.tolist(), pauses.tolist(), strict=True):
            if day + several_nights > city.period.last_day:
                break
            place = sister if chance(rng, moves) else hospital
            fen = int(sums(rng, 1, level * 0.8, level * 1.2, 30_000)[0])
            handles = stay(city, rng, person, place, day, several_nights, fen, diagnosis=diagnosis)
            instance.settled(handles)
            day += several_nights + pause - 1
    for person in newcomers(city, rng, number(rng, strength, 3, 14)).tolist():
        short = several_of(rng, 3, 20)
        day = stretch(city, rng, short + 1)[0]
        stay(city, rng, person, hospital, day, short, int(sums(rng, 1, 3_000, 9_000, 40_000)[0]))
