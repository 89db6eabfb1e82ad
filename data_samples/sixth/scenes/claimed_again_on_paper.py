"""Bills that were settled at the counter are handed in at the agency once more, some of them as one sum.

Kind of case: the same cost settled online and by hand.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.rounds import at_desk, flow, season
from data_samples.sixth.sizes import amounts, whole
from data_samples.third.acts import scene
from data_samples.third.cast import host, owner
from data_samples.third.pace import between, since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Weeks later, for the day of the care; now and then two bills of one day become one claim."""
    person, hospital = owner(city, rng), host(city, rng, "hospital")
    span = season(city, rng, strength, 50, 380, since_reform(city))
    span = (span[0], max(span[0], min(span[1], city.period.last_day - 20)))
    days = np.unique(flow(rng, span, whole(rng, strength, 1, 14)))
    total = amounts(rng, len(days), 180, 1_400)
    fields: dict[str, Any] = {
        "item": rng.integers(1, 280, len(days)),
        "doctor": rng.integers(0, 6, len(days)),
        "lines": 2,
    }
    split = np.flatnonzero(rng.random(len(days)) < 0.3)
    part_of = total.copy()
    part_of[split] = total[split] * 2 // 3
    at = at_desk(rng, days, 0.0)
    city.settle(rng, person, hospital, at, care="outpatient", total=part_of, certain=False, **fields)
    if len(split):
        rest, later = total[split] - part_of[split], at[split] + rng.integers(900, 6_000, len(split))
        city.settle(rng, person, hospital, later, care="outpatient", total=rest, certain=False)
    paper = np.minimum(
        days + 3 + np.floor(14 * rng.pareto(1.8, len(days))).astype(np.int64), city.period.last_day
    )
    handles = city.settle(
        rng,
        person,
        hospital,
        between(rng, paper, 9.0, 16.5),
        care="outpatient",
        total=total,
        channel="manual",
        served=days,
        prescribed=at - 20 * MINUTE,
        certain=False,
        **fields,
    )
    city.instance("duplicate_benefit", strength=strength).subject("person", person).settled(handles)
