"""A hospital has many stays of a single night: polyps are taken out in the afternoon, and the gut is watched overnight.

The auditor: each stay has an operation report and a pathologist's answer, and the guideline asks for the night.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers
from data_samples.third.dice import bills, chance
from data_samples.third.pace import stretch


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """All through the year, at nearly the same price; a few bleed and stay longer."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, several_of(rng, 5, 40), age=(35, 85))
    if len(patients) == 0:
        return
    instance = about(city, city.instance("hanging_bed_short_stay", lookalike=True), hospital)
    median, diagnosis, item = wide(rng, 2_200, 5_500), int(rng.integers(60)), int(rng.integers(1, 280))
    for person in patients.tolist():
        nights = int(rng.integers(3, 7)) if chance(rng, 0.1) else 1
        day = stretch(city, rng, nights + 1)[0]
        total = int(bills(rng, 1, median * (1 + 0.15 * nights), 0.12)[0])
        handles = stay(city, rng, person, hospital, day, nights, total, diagnosis=diagnosis, item=item)
        instance.settled(handles)
