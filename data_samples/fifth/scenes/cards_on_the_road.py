"""A man on a motorcycle carries other people's cards from one pharmacy to the next, through three districts in a day.

Kind of case: collected cards that travel, so that no shop sees them often; the shops ask nothing.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import spells
from data_samples.fourth.care import buy_or_visit
from data_samples.fourth.extent import number, portion, sums, wide
from data_samples.fourth.rhythm import phase
from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage, second
from data_samples.third.acts import scene
from data_samples.third.cast import owners, several
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import since_reform


@scene(8)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """A part of the cards each time, in any order; a stop lasts as long as the cards do, and the road takes an hour."""
    cards = owners(city, rng, number(rng, strength, 4, 34), age=(30, 90))
    stops = several(city, rng, number(rng, strength, 2, 9), "pharmacy", "clinic")
    desks = several(city, rng, 2, "primary_care")
    days = spells(rng, phase(city, rng, strength, 20, 320, since_reform(city)))
    tours = np.sort(rng.choice(days, min(len(days), number(rng, strength, 2, 18)), replace=False))
    carried, favored = portion(rng, strength, 0.3, 0.9), drugs(rng, 4, watched=True)
    pace, road, level = wide(rng, 1.5, 12.0), wide(rng, 25, 120), wide(rng, 80, 420)
    instance = city.instance("co_visit_group", strength=strength).subject("group")
    lent: set[int] = set()
    for day in tours.tolist():
        at = day * DAY + int(rng.integers(second(8.0), second(11.5)))
        route = rng.permutation(stops)[: int(rng.integers(1, 5))]
        bag = cards[rng.random(len(cards)) < carried]
        bag = bag if len(bag) > 1 else cards[:2]
        for stop in route.tolist():
            shown = rng.permutation(bag)[: int(rng.integers(2, 1 + len(bag)))]
            if at > day * DAY + second(20.0):
                break
            moments = at + np.cumsum(pace * MINUTE * np.exp(0.5 * rng.standard_normal(len(shown))))
            moments = np.minimum(moments.astype(np.int64), day * DAY + second(22.0) + np.arange(len(shown)))
            handles = buy_or_visit(
                city,
                rng,
                shown,
                np.full(len(shown), stop),
                moments,
                desks=desks,
                total=sums(rng, len(shown), level * 0.8, level * 1.3, 3_000),
                item=mixed(rng, len(shown), favored, 0.75),
                certain=False,
            )
            instance.settled(handles)
            lent |= set(shown.tolist())
            at = int(moments[-1]) + round(road * MINUTE * float(np.exp(0.3 * rng.standard_normal())))
    instance.member("person", sorted(lent))
