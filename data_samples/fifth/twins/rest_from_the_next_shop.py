"""A patient buys the same drug at two or three shops within a day or two: none of them has as many boxes as prescribed.

The auditor: together the boxes are one prescription, each shop was empty afterwards, and the next purchase is a month
later.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.extent import several_of, wide
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import owner, several
from data_samples.third.goods import drugs, prescribed
from data_samples.third.pace import about_every, since_reform, stretch, usual


@twin(12)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """In some months; in others the first shop has enough."""
    person = owner(city, rng, age=(35, 90))
    district = int(city.people.district[person])
    shops = several(city, rng, 3, "pharmacy", district=district)
    desk = int(city.pick_providers(rng, "primary_care", district=district)[0])
    span = stretch(city, rng, several_of(rng, 60, 380), since_reform(city))
    item, price, boxes = int(drugs(rng, 1)[0]), round(wide(rng, 30, 160) * 100), int(rng.integers(3, 6))
    instance = city.instance("cross_provider_same_drug", lookalike=True).subject("person", person)
    for day in about_every(rng, span, 30).tolist():
        parts = min(int(rng.geometric(0.55)), len(shops), boxes)
        packs = np.full(parts, boxes // parts)
        packs[0] += boxes - int(packs.sum())
        days = np.minimum(day + np.sort(rng.integers(0, 2, parts)), city.period.last_day)
        at = np.sort(usual(city, rng, days))
        written = prescribed(city, rng, desk, at[:1], doctor=0, minutes=(20, 200))["prescribed"]
        handles = city.settle(
            rng,
            person,
            rng.permutation(shops)[:parts],
            at,
            total=price * packs,
            item=item,
            packs=packs,
            lines=1,
            supply=packs * (30 // boxes),
            desk=desk,
            doctor=0,
            prescribed=np.repeat(written, parts),
            certain=False,
        )
        instance.settled(handles)
