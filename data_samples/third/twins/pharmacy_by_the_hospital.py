"""A pharmacy next to the hospital keeps the costly drugs that others do not have, and sells them on prescription."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, closest, neighbors, pooled_pharmacy
from data_samples.third.dice import bills, normal, pareto
from data_samples.third.goods import drugs, prescribed
from data_samples.third.pace import about_every, since_reform, stretch, usual


@twin(6)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Its customers are ill: each buys his own drug, when the last box is used up, for months."""
    first = since_reform(city)
    shop = pooled_pharmacy(city, rng, first, alone=False)
    hospital = int(closest(city, shop, "hospital")[0])
    instance = about(city, city.instance("high_risk_drug_watch", lookalike=True), shop)
    for person in neighbors(city, rng, pareto(rng, 8, 1.8, 40), shop, age=(35, 95)).tolist():
        at = usual(
            city, rng, about_every(rng, stretch(city, rng, normal(rng, 240, 0.35, 80, 480), first), 29, 0.08)
        )
        handles = city.settle(
            rng,
            person,
            shop,
            at,
            total=bills(rng, len(at), 380, 0.15),
            item=int(drugs(rng, 1, watched=True)[0]),
            packs=2,
            supply=28,
            lines=1,
            certain=False,
            **prescribed(city, rng, hospital, at, minutes=(20, 600)),
        )
        instance.settled(handles)
