"""Looks like D05 and D04: a stock of drugs that is used, or that was never complete.

Before a journey or a holiday somebody takes the supply of three months at once, and nothing in the meantime; or a
shop has only a part of what was prescribed, and another one gives the rest on the same day.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.period import DAY, MINUTE
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, lone, near, window, written_by
from data_samples.second.draws import amounts, how_many


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient with one drug; the two ways take turns."""
    for number in range(how_many(instances, 35)):
        patient = lone(city, rng, age=(35, 95))
        parts = number % 2 == 1
        every = int(rng.choice([28, 30])) if parts else int(rng.choice([84, 90]))
        first = window(city, rng, 150)[0]
        days = np.arange(first, city.period.last_day - 1, every)[: int(rng.integers(2, 7))]
        at = np.minimum(by_day(city, rng, days), days * DAY + 19 * 3600)
        supply = np.full(len(days), every)
        shops = np.full(len(days), near(city, rng, patient, "pharmacy"))
        if parts:
            at = np.concatenate([at, at + rng.integers(15, 120, len(at)) * MINUTE])
            shops = np.concatenate([shops, rng.choice(city.pick_providers(rng, "pharmacy", 2), len(days))])
            supply = np.concatenate([supply // 2, supply - supply // 2])
        packs = np.maximum(supply // 7, 1)
        desk = near(city, rng, patient, "primary_care")
        handles = city.settle(
            rng,
            patient,
            shops,
            at,
            total=packs * amounts(rng, 1, 30, 0.5)[0],
            item=int(rng.integers(WATCHED_FROM, ITEMS)),
            lines=1,
            packs=packs,
            supply=supply,
            certain=False,
            **written_by(city, rng, np.array(desk), at, 200),
        )
        typology = "cross_provider_same_drug" if parts else "oversupply"
        city.instance(typology, lookalike=True).subject("person", patient).settled(handles)
        if number % 4 == 0:
            city.register("long_prescription", person=patient, first_day=city.period.first_day)
