"""A rehabilitation unit bills the same therapy twice on a day: once in its own room, once in that of a friend.

Kind of case: points of heat therapy counted twice, and sessions of therapists who were on leave.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import MINUTE
from data_samples.scenes import Stage
from data_samples.sixth.rounds import rounds, season
from data_samples.sixth.sizes import amounts, any_of, favored, part, whole
from data_samples.third.acts import scene
from data_samples.third.cast import neighbors, suspect
from data_samples.third.pace import between, since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """The second bill has the same item and nearly always the same sum, hours or minutes later."""
    unit = suspect(city, rng, str(rng.choice(["hospital", "primary_care"])))
    patients = neighbors(city, rng, whole(rng, strength, 3, 26), unit, age=(35, 95))
    span = season(city, rng, strength, 40, 240, since_reform(city))
    turn, days = rounds(rng, len(patients), span, any_of(rng, 3.5, 9))
    item = favored(rng, np.arange(40, 44), len(patients))
    total = amounts(rng, len(patients), 70, 240)
    at = between(rng, days, 8.2, 13.5)
    fields: dict[str, Any] = {"care": "outpatient", "certain": False, "lines": 1, "packs": 1}
    city.settle(
        rng, patients[turn], unit, at, item=item[turn], total=total[turn], doctor=0, counter=0, **fields
    )
    again = np.flatnonzero(rng.random(len(turn)) < part(rng, strength, 0.15, 0.9))
    again = again if len(again) else np.array([0])
    wait = np.exp(rng.uniform(np.log(3), np.log(240), len(again))) * MINUTE
    second_total = np.where(rng.random(len(again)) < 0.9, total[turn[again]], total[turn[again]] * 11 // 10)
    handles = city.settle(
        rng,
        patients[turn[again]],
        unit,
        at[again] + wait.astype(np.int64),
        item=item[turn[again]],
        total=second_total,
        doctor=1,
        counter=1,
        **fields,
    )
    city.instance("duplicate_charge", strength=strength).subject("provider", unit).settled(handles)
