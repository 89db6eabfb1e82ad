"""A recruiter drives pensioners to a hospital of another district, where each of them is prescribed the same few drugs.

Kind of case: agents gather elderly people with free rides, meals and gifts, and collect the medicines on the way back.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.rhythm import bursts, on_workdays, phase
from data_samples.period import DAY
from data_samples.scenes import Stage, second
from data_samples.third.acts import scene
from data_samples.third.cast import farthest, host, neighbors
from data_samples.third.cover import customers
from data_samples.third.dice import thinned
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import queue, since_reform


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Not everybody rides every time, they see different doctors, and some rides end at another hospital."""
    home = host(city, rng, "clinic")
    kind = str(rng.choice(["hospital", "primary_care"]))
    targets = np.array([farthest(city, rng, home, kind) for _ in range(int(rng.integers(1, 4)))])
    riders = neighbors(city, rng, number(rng, strength, 4, 18), home, age=(58, 92))
    span = phase(city, rng, strength, 60, 330, since_reform(city))
    rides = np.unique(on_workdays(bursts(rng, span, number(rng, strength, 4, 26))))
    rides = np.maximum(rides, span[0])
    wanted = drugs(rng, int(rng.integers(2, 5)), watched=rng.random() < 0.6)
    instance = city.instance("co_visit_group", strength=strength).subject("group").member("person", riders)
    for day in np.unique(rides).tolist():
        today = rng.permutation(thinned(rng, riders, portion(rng, strength, 0.45, 0.9), 3))
        start = day * DAY + second(float(rng.uniform(8.2, 10.5)))
        at = queue(rng, start, len(today), float(rng.uniform(4, 22)))
        instance.settled(
            city.settle(
                rng,
                today,
                int(targets[0] if rng.random() < 0.75 else rng.choice(targets)),
                at,
                care="outpatient",
                total=sums(rng, len(today), 160, 480),
                item=mixed(rng, len(today), wanted, portion(rng, strength, 0.4, 0.9)),
                certain=False,
            )
        )
    customers(city, rng, int(targets[0]), rides, 3.0)
