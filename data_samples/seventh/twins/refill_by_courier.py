"""A refill comes by courier from a far pharmacy, while its owner sits at the dentist's.

Lawful because the purchase from afar is registered, and repeats every month whatever the owner does.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.seventh.diary import minutes_after, renewals
from data_samples.seventh.measure import bills
from data_samples.third.acts import twin
from data_samples.third.cast import farthest, nearby, owner
from data_samples.third.goods import drugs
from data_samples.third.pace import between, since_reform


@twin(8)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Only now and then both fall into the same hour."""
    buyer = owner(city, rng, age=(30, 75))
    clinic = nearby(city, rng, buyer, "clinic")
    away = farthest(city, rng, clinic, "pharmacy")
    city.register("agent_purchase", person=buyer, provider=away)
    days = renewals(rng, (since_reform(city), city.period.last_day), 30)
    at = between(rng, days, 9.0, 11.0)
    handles = city.settle(
        rng,
        buyer,
        away,
        at,
        total=int(bills(rng, 1, 90, 240)[0]),
        item=int(drugs(rng, 1)[0]),
        packs=1,
        supply=30,
        lines=1,
        credential=0,
        doctor=-1,
        certain=False,
    )
    rows = np.flatnonzero(rng.random(len(at)) < 0.3)
    rows = rows if len(rows) else np.array([0])
    seen = city.settle(
        rng,
        buyer,
        clinic,
        minutes_after(rng, at[rows], 5, 35),
        care="outpatient",
        total=bills(rng, len(rows), 60, 300),
        certain=False,
    )
    city.instance("impossible_travel", lookalike=True).subject("person", buyer).settled(handles).settled(seen)
