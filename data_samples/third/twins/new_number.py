"""A pharmacy gets a new number: the old agreement ends, the new one begins the next day, and its customers stay."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import neighbors, unvisited
from data_samples.third.dice import bills
from data_samples.third.pace import about_every, since_reform, usual

FIRST = True


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Until the last day here, from the next day on there; small cities have no two places for it."""
    old = unvisited(city, rng, "pharmacy")
    new = unvisited(city, rng, "pharmacy") if old is not None else None
    if old is None or new is None:
        return
    begin, end = since_reform(city), city.period.last_day
    turn = int(rng.integers(begin + 25, end - 20))
    city.suspend_provider(old, turn, ends=True)
    city.open_provider(new, turn)
    instance = city.instance("ineligible_settlement", lookalike=True).subject("provider", [old, new])
    for person in neighbors(city, rng, 14, old).tolist():
        days = about_every(rng, (begin, end), 18, 0.3)
        handles = city.settle(
            rng,
            person,
            np.where(days < turn, old, new),
            usual(city, rng, days),
            total=bills(rng, len(days), 85, 0.5),
            certain=False,
        )
        instance.settled(handles)
