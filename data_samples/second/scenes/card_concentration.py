"""D07: a shop keeps the cards of others and settles with them in sessions, for goods that nobody takes home.

The cards lie in one pharmacy, go back and forth between two, or circulate in a ring of shops; some have prescriptions
written, so that the pooled fund pays too. Mild instances use a part of the cards at a time, hours
apart, for baskets of every size.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.scenes.policy import pooled_pharmacies
from data_samples.second.casting import opening, ring, some_days, window, written_by
from data_samples.second.draws import amounts, graded, heavies, heavy, some, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is the cards of one shop, of two, or of a ring."""
    for number, strength in enumerate(strengths(rng, instances, 14)):
        count = (1, 2, heavy(rng, 3, 7))[number % 3]
        shops = city.pick_providers(rng, "pharmacy", count, subject=True)
        span = window(city, rng, graded(strength, 300, 160, 70))
        if rng.random() < 0.4:
            shops[:1] = pooled_pharmacies(city, rng, 1, span[0])
            city.provider_taken[shops] = True
        size = heavy(rng, graded(strength, 7, 12, 20), graded(strength, 25, 50, 150))
        cards = ring(city, rng, size, district=int(city.places.district[shops[0]]), age=(22, 95))
        instance = city.instance("card_concentration", strength=strength)
        instance.subject("provider", np.unique(shops)).member("person", cards)
        sessions = heavy(rng, graded(strength, 3, 4, 6), graded(strength, 8, 15, 40))
        items, price = rng.integers(1, 285, heavy(rng, 1, 6)), float(rng.uniform(60, 420))
        for turn, day in enumerate(some_days(rng, span, sessions).tolist()):
            there = some(rng, cards, graded(strength, 0.45, 0.7, 0.9))
            shop = int(shops[turn % len(shops)])
            handles = _session(city, rng, there, shop, opening(city, rng, day), items, price, strength)
            instance.settled(handles)


def _session(
    city: Stage,
    rng: np.random.Generator,
    cards: Ints,
    shop: int,
    start: int,
    items: Ints,
    price: float,
    strength: int,
) -> Ints:
    """One card after the other, with pauses of a minute or of a quarter of an hour."""
    at = start + np.cumsum(
        heavies(rng, len(cards), 15, graded(strength, 2_400, 600, 150), graded(strength, 0.3, 0.6, 1))
    )
    wanted: dict[str, Any] = {}
    if city.places.pooled_from[shop] <= start // 86_400:
        wanted = written_by(city, rng, city.pick_providers(rng, "clinic"), at)
    return city.settle(
        rng,
        cards,
        shop,
        at,
        total=amounts(rng, len(cards), price, graded(strength, 0.55, 0.25, 0.06)),
        in_scope=bool(rng.random() < 0.7),
        item=rng.choice(items, len(cards)),
        counter=np.where(rng.random(len(cards)) < graded(strength, 0.5, 0.8, 1.0), 0, 1),
        packs=heavies(rng, len(cards), 1, 9),
        **wanted,
    )
