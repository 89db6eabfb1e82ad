"""What several scenes do alike: visits to places of any kind, herbs, clerks' entries."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.other_rows import WATCHED_FROM, item_kinds
from data_samples.period import DAY, Ints
from data_samples.places import PHARMACY
from data_samples.scenes import Stage
from data_samples.third.cast import pooled_pharmacy
from data_samples.third.goods import prescribed
from data_samples.third.pace import since_reform

_TCM = 1
_JOINING = 150
_SHORTEST = 30


def herbs(rng: np.random.Generator, count: int) -> Ints:
    """Different items of traditional medicine."""
    pool = np.flatnonzero(item_kinds()[:WATCHED_FROM] == _TCM)
    chosen: Ints = rng.choice(pool, min(count, len(pool)), replace=False).astype(np.int64)
    return chosen


def buy_or_visit(
    city: Stage,
    rng: np.random.Generator,
    person: Ints | int,
    places: Ints,
    at: Ints,
    *,
    desks: Ints | None = None,
    **fields: Any,
) -> Ints:
    """Purchases where the place is a pharmacy (on a prescription of one of the desks), visits elsewhere; handles.

    Handles come in the order of the rows. `fields` as of `Stage.settle`; arrays are by row.
    """
    handles = np.zeros(len(at), dtype=np.int64)
    people = np.broadcast_to(np.asarray(person, dtype=np.int64), len(at))
    bought = city.places.kind[places] == PHARMACY
    for rows, care in ((np.flatnonzero(bought), "pharmacy"), (np.flatnonzero(~bought), "outpatient")):
        if len(rows) == 0:
            continue
        mine = {name: value[rows] if np.ndim(value) else value for name, value in fields.items()}
        if care == "pharmacy" and desks is not None:
            mine |= prescribed(city, rng, rng.choice(desks, len(rows)), at[rows], minutes=(10, 900))
        handles[rows] = city.settle(rng, people[rows], places[rows], at[rows], care=care, **mine)
    return handles


def pooled_shop(city: Stage, rng: np.random.Generator) -> tuple[int, int]:
    """A pharmacy for this instance only where the pooled fund pays, and the first day of the period on which it does.

    Pharmacies join during the first months of mutual aid.
    """
    first, last = since_reform(city), city.period.last_day - _SHORTEST
    shop = pooled_pharmacy(city, rng, max(first, min(city.policy_start + _JOINING, last)))
    joined = int(city.places.pooled_from[shop])
    return shop, max(first, joined) if joined <= last else first


def by_hand(rng: np.random.Generator, at: Ints, days: tuple[float, float], first_day: int) -> dict[str, Any]:
    """Fields of care that was given so many days before and is entered by hand now."""
    before = np.exp(rng.uniform(np.log(days[0]), np.log(days[1]), len(at)))
    served = np.maximum(at // DAY - np.ceil(before).astype(np.int64), first_day)
    return {
        "served": served,
        "prescribed": served * DAY + rng.integers(8 * 3600, 16 * 3600, len(at)),
        "channel": "manual",
        "doctor": np.zeros(len(at), dtype=np.int64),
    }
