"""D07: a pharmacy swipes the same 15 to 30 cards within half an hour, on several days, for the same basket."""

from __future__ import annotations

import numpy as np

from data_samples.scenes import DAY, MINUTE, Stage, second


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one pharmacy with its cards; the cards keep their ordinary lives."""
    for _ in range(instances):
        pharmacy = city.pick_providers(rng, "pharmacy", subject=True)[0]
        district = int(city.places.district[pharmacy])
        most = 31 if city.people.insured > 5_000 else 19
        cards = city.pick_people(
            rng, int(rng.integers(15, most)), district=district, account=True, age=(25, 90)
        )
        instance = city.instance("card_concentration").subject("provider", pharmacy).member("person", cards)
        price, item = int(rng.integers(15_000, 40_000)), int(rng.integers(1, 280))
        counter = int(rng.integers(0, 2))
        for day in city.days(rng, int(rng.integers(3, 7))):
            there = cards[rng.random(len(cards)) < 0.92]
            at = day * DAY + second(rng.uniform(9, 20))
            gap = np.sort(rng.integers(0, int(rng.integers(20, 40)) * MINUTE, len(there)))
            # Near-identical baskets: a few packs more or less make up for cents.
            total = price + 10 * rng.integers(-30, 31, len(there))
            handles = city.settle(
                rng,
                rng.permutation(there),
                pharmacy,
                at + gap,
                total=total,
                in_scope=True,
                item=item,
                lines=2,
                packs=4,
                counter=counter,
                doctor=-1,
                diagnosis=-1,
            )
            instance.settled(handles)
