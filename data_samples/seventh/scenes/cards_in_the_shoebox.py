"""Neighbors leave their cards at the shop for discounts; in quiet hours the staff run a part of them through.

Kind of case: a pharmacy that kept residents' cards and settled pooled outpatient drugs on them to sell the boxes again.
"""

from __future__ import annotations

import numpy as np

from data_samples.fourth.care import pooled_shop
from data_samples.scenes import Stage
from data_samples.seventh.company import honest_days, own_needs, people
from data_samples.seventh.diary import busy_days, campaign, sessions
from data_samples.seventh.measure import bills, how_many, leaning
from data_samples.third.acts import scene
from data_samples.third.cast import several
from data_samples.third.goods import drugs, prescribed


@scene(10)
def plant(city: Stage, rng: np.random.Generator, strength: int) -> None:
    """Another part of the cards each time, in a changing order, between honest sales."""
    shop, first = pooled_shop(city, rng)
    span = campaign(city, rng, strength, 40, 330, first)
    cards = people(city, rng, how_many(rng, strength, 5, 45), shop, account=True, age=(40, 92))
    days = np.unique(busy_days(rng, span, how_many(rng, strength, 3, 26)))
    present = rng.random((len(days), len(cards))) < rng.uniform(0.45, 0.9)
    present[np.arange(len(days)), rng.integers(0, len(cards), len(days))] = True
    row, card = np.nonzero(present)
    shuffled = np.lexsort((rng.random(len(row)), row))
    at = sessions(rng, days[row], (13.2, 15.2), float(rng.uniform(1.0, 4.0)))
    desk = int(several(city, rng, 1, "primary_care")[0])
    used = cards[card[shuffled]]
    handles = city.settle(
        rng,
        used,
        shop,
        at,
        total=bills(rng, len(at), 90, 340),
        item=leaning(rng, drugs(rng, 5), len(at)),
        packs=rng.integers(1, 5, len(at)),
        counter=1,
        credential=2,
        certain=False,
        **prescribed(city, rng, desk, at, doctor=0, minutes=(3, 40)),
    )
    instance = city.instance("card_concentration", strength=strength)
    instance.subject("provider", shop).member("person", np.unique(used)).settled(handles)
    own_needs(city, rng, cards, shop, span)
    honest_days(city, rng, shop, span)
