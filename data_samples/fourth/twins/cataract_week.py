"""A hospital operates on cataracts in campaigns: many old people from one district, one or two nights each."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import bursts
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers
from data_samples.third.pace import stretch


@twin(7)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same diagnosis at the same price; a part comes back for the other eye."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, several_of(rng, 4, 32), age=(58, 95))
    if len(patients) == 0:
        return
    span = stretch(city, rng, several_of(rng, 10, 90))
    price, mark = int(sums(rng, 1, 3_500, 6_500)[0]), int(rng.integers(60))
    instance = about(city, city.instance("hanging_bed_short_stay", lookalike=True), hospital)
    instance.member("person", patients)
    for person, day in zip(patients.tolist(), bursts(rng, span, len(patients)).tolist(), strict=True):
        nights = int(rng.integers(1, 3))
        first = min(day, city.period.last_day - 3)
        fen = round(price * float(rng.normal(1, 0.02)))
        instance.settled(stay(city, rng, person, hospital, first, nights, fen, diagnosis=mark))
        again = first + int(rng.integers(21, 60))
        if rng.random() < 0.3 and again + nights < city.period.last_day:
            instance.settled(stay(city, rng, person, hospital, again, nights, fen, diagnosis=mark))
    city.register("event", provider=hospital, first_day=span[0], last_day=span[1])
