"""A home's doctor sees the residents once a month and renews what each takes; who is in hospital is left out."""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, sums
from data_samples.fourth.rhythm import habit, on_workdays
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.third.acts import twin
from data_samples.third.beds import stay
from data_samples.third.cast import about, host, newcomers
from data_samples.third.pace import queue, since_reform, stretch


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Registered residents, one doctor, one round, prices that stay."""
    station, hospital = host(city, rng, "primary_care"), host(city, rng, "hospital")
    residents = newcomers(city, rng, several_of(rng, 5, 40), age=(66, 104))
    if len(residents) == 0:
        return
    span = stretch(city, rng, several_of(rng, 120, 450), since_reform(city))
    price, item = sums(rng, len(residents), 80, 340), rng.integers(1, 280, len(residents))
    away = np.zeros((len(residents), 2), dtype=np.int64)
    instance = about(city, city.instance("fictitious_purchase", lookalike=True), station)
    instance.member("person", residents)
    for number in np.flatnonzero(rng.random(len(residents)) < 0.2).tolist():
        nights = int(rng.integers(4, 15))
        admitted = int(rng.integers(span[0], max(span[0] + 1, span[1] - nights)))
        away[number] = admitted, min(admitted + nights, city.period.last_day)
        total = int(sums(rng, 1, 3_000, 9_000)[0])
        instance.settled(stay(city, rng, int(residents[number]), hospital, admitted, nights, total))
    for day in np.unique(np.maximum(on_workdays(habit(rng, span, 30)), span[0])).tolist():
        there = (day < away[:, 0]) | (day > away[:, 1])
        rows = rng.permutation(np.flatnonzero(there & (rng.random(len(residents)) < 0.93)))
        if len(rows) == 0:
            continue
        at = queue(rng, day * DAY + second(8.6), len(rows), float(rng.uniform(3, 9)))
        instance.settled(
            city.settle(
                rng,
                residents[rows],
                station,
                at,
                care="outpatient",
                total=price[rows],
                item=item[rows],
                doctor=0,
                certain=False,
            )
        )
    for person in residents.tolist():
        city.register("nursing_home", person=person, provider=station, first_day=span[0], last_day=span[1])
