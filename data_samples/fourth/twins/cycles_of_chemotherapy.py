"""Patients with cancer are admitted every two or three weeks for a cycle, as the plan of treatment says."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """The same diagnosis and nearly the same bill, four to eight times; days between cycles do not vary much."""
    hospital = host(city, rng, "hospital")
    patients = newcomers(city, rng, several_of(rng, 2, 12), age=(35, 85))
    if len(patients) == 0:
        return
    instance = about(city, city.instance("split_admission", lookalike=True), hospital)
    instance.member("person", patients)
    for person in patients.tolist():
        cycle, mark = int(rng.choice([14, 21, 28])), int(rng.integers(60))
        price = int(sums(rng, 1, 4_000, 11_000, 40_000)[0])
        admitted = city.period.first_day + int(rng.integers(2, 60))
        for _ in range(several_of(rng, 3, 8)):
            nights = int(rng.integers(2, 6))
            if admitted + nights > city.period.last_day - 1:
                break
            fen = round(price * float(rng.normal(1, 0.04)))
            instance.settled(stay(city, rng, person, hospital, admitted, nights, fen, diagnosis=mark))
            admitted += cycle + int(rng.integers(-1, 4))
