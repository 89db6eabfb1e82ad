"""A worker is insured by the employer and at home as a resident, and has the same bill paid by both.

Kind of case: the same expense reimbursed under two schemes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.seventh.diary import busy_days, campaign, hours
from data_samples.seventh.measure import bills, how_many
from data_samples.third.acts import scene
from data_samples.third.cast import nearby, owner
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The dearer bills are handed in again by paper, weeks later."""
    worker = owner(city, rng, age=(24, 64))
    place = nearby(city, rng, worker, "hospital")
    first = since_reform(city)
    last = max(first + 10, city.period.last_day - 40)
    span = campaign(city, rng, strength, 40, 380, first)
    days = np.unique(np.minimum(busy_days(rng, span, how_many(rng, strength, 1, 10)), last))
    total = bills(rng, len(days), 420, 1_600)
    total[0] += 55_000
    seen = hours(rng, days, "desk")
    bill: dict[str, Any] = {
        "care": "outpatient",
        "total": total,
        "in_scope": True,
        "certain": False,
        "lines": 1,
        "item": rng.integers(1, 280, len(days)),
        "packs": 1,
        "prescribed": seen - 20 * MINUTE,
    }
    city.settle(rng, worker, place, seen, **bill)
    city.enrol(worker, "resident", "resident", city.period.first_day - int(rng.integers(40, 700)))
    sent = np.minimum(days + rng.integers(6, 40, len(days)), city.period.last_day)
    handles = city.settle(
        rng,
        worker,
        place,
        hours(rng, sent, "desk"),
        purse="cash",
        served=days,
        channel="manual",
        scheme="resident",
        category="resident",
        **bill,
    )
    city.instance("duplicate_benefit", strength=strength).subject("person", worker).settled(handles)
