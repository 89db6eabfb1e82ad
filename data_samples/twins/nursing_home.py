"""Looks like D07: staff of a nursing home fetch the residents' drugs at one pharmacy, month after month.

Most homes are registered with their residents, some only as agents for purchases, some not at all: then only age
and district show what they are.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import DAY, MINUTE, Stage, second
from data_samples.twins.share import share

_SHARE = 25
_CONTEXTS = ("nursing_home", "nursing_home", "agent_purchase", "nursing_home", "")
"""What is registered, in turns: nothing in every fifth home."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one home; every resident has drugs and amounts of his own."""
    for number in range(share(instances, _SHARE)):
        ranges = city.ranges("nursing_home")
        residents = city.pick_people(rng, ranges.people(rng, "residents"), age=(66, 105), unrelated=False)
        home = int(city.people.district[residents[0]])
        pharmacy = int(city.pick_providers(rng, "pharmacy", district=home)[0])
        instance = city.instance("card_concentration", lookalike=True)
        instance.subject("provider", pharmacy).member("person", residents)
        _register(city, _CONTEXTS[number % len(_CONTEXTS)], residents, pharmacy)
        total, item = ranges.fen(rng, "price", len(residents)), rng.integers(1, 280, len(residents))
        counter, hour = int(rng.integers(0, 2)), rng.uniform(9, 15)
        months = int(rng.integers(min(4, city.period.months), city.period.months + 1))
        usual = int(rng.integers(2, 24))
        for start in city.period.month_starts[-months:].tolist():
            row = rng.permutation(len(residents))[: max(3, round(len(residents) * rng.uniform(0.75, 1)))]
            day = start + usual + int(rng.integers(-2, 3))
            gap = np.cumsum(ranges.counts(rng, "gap", len(row)) * MINUTE - rng.integers(0, MINUTE, len(row)))
            handles = city.settle(
                rng,
                residents[row],
                pharmacy,
                day * DAY + second(hour) + gap,
                total=total[row] + rng.integers(-5, 6, len(row)) * 100,
                item=item[row],
                counter=counter,
                supply=28,
                credential=2,
                certain=False,
            )
            instance.settled(handles)


def _register(city: Stage, kind: str, residents: Ints, pharmacy: int) -> None:
    for resident in residents.tolist() if kind else []:
        place = pharmacy if kind == "agent_purchase" else -1
        city.register(kind, person=resident, provider=place)
