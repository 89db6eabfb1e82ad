"""D07: a pharmacy swipes the same cards in a short time, on several days, for the same basket.

Mild instances have some cards, hours, and baskets of many sums; strong ones a drawer of cards and one basket.
"""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one pharmacy with its cards; the cards keep their ordinary lives."""
    for strength in city.strengths(rng, instances):
        ranges = city.ranges("card_concentration", strength)
        pharmacy = city.pick_providers(rng, "pharmacy", subject=True)[0]
        district = int(city.places.district[pharmacy])
        size = ranges.people(rng, "cards")
        cards = city.pick_people(rng, size, district=district, account=True, age=(25, 90))
        instance = city.instance("card_concentration", strength=strength)
        instance.subject("provider", pharmacy).member("person", cards)
        price, item = int(ranges.fen(rng, "price", 1)[0]), int(rng.integers(1, 280))
        counter, attendance = int(rng.integers(0, 2)), ranges.share(rng, "attendance")
        for day in city.days(rng, ranges.count(rng, "sessions")):
            there = cards[rng.random(len(cards)) < attendance]
            if len(there) == 0:
                continue
            at = day * DAY + second(rng.uniform(9, 19))
            gap = np.sort(rng.integers(0, ranges.count(rng, "minutes") * MINUTE, len(there)))
            handles = city.settle(
                rng,
                rng.permutation(there),
                pharmacy,
                at + gap,
                # Baskets that are more or less the same, and never to the fen.
                total=ranges.around(rng, "uneven", price, len(there)) + 10 * rng.integers(0, 30, len(there)),
                in_scope=True,
                item=item,
                lines=2,
                packs=4,
                counter=counter,
                doctor=-1,
                diagnosis=-1,
            )
            instance.settled(handles)
