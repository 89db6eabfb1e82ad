"""A rehabilitation room enters the same treatment once more for points of the body that nobody treated.

Kind of case: magnetic heat therapy billed for more points than were treated.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, people
from data_samples.seventh.diary import campaign, minutes_after, sessions, turns
from data_samples.seventh.measure import between_any, grade, how_many, price_list
from data_samples.third.acts import scene
from data_samples.third.cast import suspect
from data_samples.third.pace import since_reform


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Patients with a course; a part of their days has the item a second or third time within minutes."""
    room = suspect(city, rng, str(rng.choice(["clinic", "primary_care"])))
    patients = people(city, rng, how_many(rng, strength, 3, 22), room, age=(30, 92))
    span = campaign(city, rng, strength, 25, 240, since_reform(city))
    turn, days = turns(rng, len(patients), span, between_any(rng, 3, 8))
    price = price_list(rng, 38, 150)
    own = rng.integers(0, len(price), len(patients))
    item = rng.integers(60, 66, len(patients))
    at = sessions(rng, days, (8.1, 9.4), float(rng.uniform(4, 11)))
    bill: dict[str, Any] = {"care": "outpatient", "lines": 1, "packs": 1, "doctor": 0, "certain": False}
    city.settle(rng, patients[turn], room, at, total=price[own[turn]], item=item[turn], **bill)
    again = np.flatnonzero(rng.random(len(turn)) < grade(rng, strength, 0.1, 0.75))
    again = again if len(again) else np.array([0])
    again = np.sort(np.r_[again, again[rng.random(len(again)) < 0.25]])
    handles = city.settle(
        rng,
        patients[turn[again]],
        room,
        minutes_after(rng, at[again], 1, 25),
        total=price[own[turn[again]]],
        item=item[turn[again]],
        **bill,
    )
    city.instance("duplicate_charge", strength=strength).subject("provider", room).settled(handles)
    honest_days(city, rng, room, span)
