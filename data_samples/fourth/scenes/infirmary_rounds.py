"""A home's infirmary bills physiotherapy and infusions for residents who sit in the hall, or lie in a hospital.

Kind of case: care homes with a station of their own, which bills by the list of residents and not by what was done.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums, uneven
from data_samples.fourth.rhythm import bursts, on_workdays, phase
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.third.acts import scene
from data_samples.third.beds import stay
from data_samples.third.cast import host, newcomers, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import queue, since_reform

FIRST = True


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A list that is gone through by one doctor on some afternoons; nobody crosses out who has been taken away."""
    station = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    residents = newcomers(city, rng, number(rng, strength, 6, 40), age=(66, 104))
    if len(residents) == 0:
        return
    span = phase(city, rng, strength, 60, 330, since_reform(city))
    rounds = np.unique(np.maximum(on_workdays(bursts(rng, span, number(rng, strength, 10, 70))), span[0]))
    doctor = int(rng.integers(city.places.doctors[station]))
    price = sums(rng, len(residents), 60, 230, 900)
    instance = city.instance("fictitious_purchase", strength=strength)
    instance.subject("provider", station).member("person", residents)
    away = np.zeros((len(residents), 2), dtype=np.int64)
    absent = np.flatnonzero(rng.random(len(residents)) < portion(rng, strength, 0.1, 0.4))
    for resident in np.unique(np.r_[0, absent]).tolist():
        nights = int(rng.integers(4, 14))
        admitted = int(rng.choice(rounds)) - int(rng.integers(1, nights))
        admitted = min(max(admitted, city.period.first_day), city.period.last_day - nights)
        away[resident] = admitted, admitted + nights
        bill = int(sums(rng, 1, 3_000, 9_000)[0])
        stay(city, rng, int(residents[resident]), host(city, rng, "hospital"), admitted, nights, bill)
    for day in rounds.tolist():
        listed = rng.random(len(residents)) < portion(rng, strength, 0.5, 0.95)
        rows = np.flatnonzero(listed | ((day > away[:, 0]) & (day < away[:, 1])))
        if len(rows) == 0:
            continue
        rows = np.sort(rows) if rng.random() < 0.5 else rng.permutation(rows)
        at = queue(rng, day * DAY + second(float(rng.uniform(8, 15))), len(rows), float(rng.uniform(0.8, 6)))
        total = (price[rows] * rng.normal(1, 0.12, len(rows))).astype(np.int64).clip(1_500)
        instance.settled(
            city.settle(
                rng,
                residents[rows],
                station,
                at,
                care="outpatient",
                total=total,
                doctor=doctor,
                item=uneven(rng, np.arange(20, 26), len(rows)),
                certain=False,
            )
        )
    customers(city, rng, station, rounds, 2.5)
