"""A patient with a new kidney fetches dear drugs from two hospitals and a pharmacy, more often than most.

The auditor: no place may give more than two weeks of them, the boxes last exactly until the next, and blood levels in
the record show that they were taken.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import several_of, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import nearby, owner
from data_samples.third.dice import bills
from data_samples.third.goods import drugs
from data_samples.third.pace import about_every, since_reform, stretch, usual


@twin(10)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Two drugs in turn at fixed prices, every two weeks each, for as long as the data go."""
    person = owner(city, rng, age=(28, 78))
    places = np.array([nearby(city, rng, person, kind) for kind in ("hospital", "hospital", "pharmacy")])
    span = stretch(city, rng, several_of(rng, 150, 700), since_reform(city))
    instance = city.instance("professional_buyer", lookalike=True).subject("person", person)
    diagnosis = int(rng.integers(1, 60))
    for item in drugs(rng, 2, watched=True).tolist():
        days = about_every(rng, span, 14, 0.06)
        at = usual(city, rng, days, "other")
        price = int(bills(rng, 1, wide(rng, 180, 800), 0.1)[0])
        handles = buy_or_visit(
            city,
            rng,
            person,
            rng.choice(places, len(at), p=[0.5, 0.3, 0.2]),
            at,
            desks=places[:2],
            total=price,
            item=item,
            packs=1,
            lines=1,
            supply=14,
            diagnosis=diagnosis,
            certain=False,
        )
        instance.settled(handles)
