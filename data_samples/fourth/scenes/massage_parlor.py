"""A clinic of traditional medicine sells massages by the package and bills acupuncture, session by session.

Kind of case: wellness under the name of treatment; what is left of a package is billed without the customer.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import number, portion, sums
from data_samples.fourth.rhythm import habit, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.cover import customers
from data_samples.third.pace import between, every_day, since_reform


@scene(7)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """After work and at weekends, healthy customers of any age, each for a season, at a price per session."""
    clinic = suspect(city, rng, "clinic")
    guests = neighbors(city, rng, number(rng, strength, 6, 50), clinic, age=(24, 75), account=True)
    span = phase(city, rng, strength, 80, 420, since_reform(city))
    price = int(sums(rng, 1, 130, 420, 900)[0])
    instance = city.instance("peer_outlier", strength=strength).subject("provider", clinic)
    instance.member("person", guests)
    items = rng.integers(1, 280, 3)
    for person in guests.tolist():
        begin = int(rng.integers(span[0], max(span[0] + 1, span[1] - 20)))
        end = min(begin + number(rng, strength, 25, 200), span[1])
        days = habit(rng, (begin, end), float(rng.uniform(3, 14)))
        late = rng.random(len(days)) < portion(rng, strength, 0.4, 0.9)
        at = np.where(late, between(rng, days, 17.0, 21.5), between(rng, days, 9.0, 17.0))
        fen = (price * rng.choice([1, 1, 1, 2], len(at)) * rng.normal(1, 0.04, len(at))).astype(np.int64)
        instance.settled(
            city.settle(
                rng,
                person,
                clinic,
                at,
                care="outpatient",
                total=fen,
                item=rng.choice(items, len(at)),
                certain=False,
            )
        )
    customers(city, rng, clinic, every_day(span)[::3], 2.0)
