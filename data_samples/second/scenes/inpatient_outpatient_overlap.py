"""D23: the card of somebody who lies in hospital buys drugs or is treated elsewhere.

Somebody else has it meanwhile; or the hospital bed is empty. Strong instances use it on most days of the stay.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import far_from
from data_samples.second.casting import by_day, lone, some_days
from data_samples.second.draws import amounts, graded, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with one stay or several."""
    for strength in strengths(rng, instances, 40):
        person = lone(city, rng, age=(25, 95))
        hospital = int(city.pick_providers(rng, "hospital")[0])
        instance = city.instance("inpatient_outpatient_overlap", strength=strength).subject("person", person)
        # Thirds of the period, so that stays do not overlap.
        edges = np.linspace(city.period.first_day, city.period.last_day, 4).astype(np.int64)
        for first, last in list(pairwise(edges.tolist()))[: heavy(rng, 1, graded(strength, 1.5, 2.5, 4))]:
            nights = min(heavy(rng, graded(strength, 4, 5, 7), 28), last - first - 2)
            admitted = int(rng.integers(first + 1, last - nights + 1))
            discharged = admitted + nights
            city.settle(
                rng,
                person,
                hospital,
                np.array([discharged * 86_400 + 40_000]),
                care="inpatient",
                admitted=admitted,
            )
            kind = str(rng.choice(["pharmacy", "clinic", "pharmacy"]))
            place = far_from(city, rng, hospital, kind, float(rng.uniform(1, 25)))
            count = heavy(rng, graded(strength, 1, 2, 4), graded(strength, 2.5, 5, 14))
            days = some_days(rng, (admitted + 1, discharged - 1), count)
            handles = city.settle(
                rng,
                person,
                place,
                by_day(city, rng, days),
                care="pharmacy" if kind == "pharmacy" else "outpatient",
                total=amounts(rng, len(days), float(rng.uniform(60, 300)), 0.6),
                certain=False,
            )
            instance.settled(handles)
