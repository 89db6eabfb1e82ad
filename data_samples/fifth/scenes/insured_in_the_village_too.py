"""An employee is still insured as a resident in the village, and hands in there what the city has paid already.

Kind of case: one person in both schemes; the second bill comes on paper, weeks later, from another counter.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.fourth.extent import number, sums, wide
from data_samples.fourth.rhythm import bursts, phase
from data_samples.scenes import Stage
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.pace import between, since_reform, usual

_LATEST = 50
"""Days within which a bill is handed in."""


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Some bills only: the larger they are, the sooner the way to the village is worth it."""
    person = owner(city, rng, age=(22, 68))
    place = nearby(city, rng, person, str(rng.choice(["hospital", "primary_care"])))
    span = phase(city, rng, strength, 20, 420, since_reform(city))
    last = max(span[0], min(span[1], city.period.last_day - _LATEST))
    days = np.unique(bursts(rng, (span[0], last), number(rng, strength, 1, 9)))
    total = sums(rng, len(days), 350, 1_800, 15_000)
    total[0] += 60_000
    bill: dict[str, Any] = {
        "care": "outpatient",
        "total": total,
        "in_scope": True,
        "certain": False,
        "doctor": int(rng.integers(city.places.doctors[place])),
        "diagnosis": int(rng.integers(60)),
        "item": rng.integers(1, 280, len(days)),
        "lines": 1,
        "packs": 1,
    }
    seen = usual(city, rng, days, "other")
    city.settle(rng, person, place, seen, prescribed=seen - 900, **bill)
    city.enrol(person, "resident", "resident", city.period.first_day - round(wide(rng, 30, 900)))
    later = between(rng, days + rng.integers(5, _LATEST, len(days)), 9.0, 16.0)
    handles = city.settle(
        rng,
        person,
        place,
        np.minimum(later, between(rng, city.period.last_day, 9.0, 16.0)),
        purse="cash",
        served=days,
        prescribed=seen - 900,
        channel="manual",
        scheme="resident",
        category="resident",
        **bill,
    )
    city.instance("duplicate_benefit", strength=strength).subject("person", person).settled(handles)
