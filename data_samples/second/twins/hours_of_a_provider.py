"""Looks like D12, D32 and D37: a provider whose days are unlike those of others, for a reason.

A pharmacy is open day and night; one has opened in the middle of the period and fills quickly; one sells off what it
has in the weeks before it closes.
"""

from __future__ import annotations

import numpy as np

from data_samples.magnitudes import KINDS
from data_samples.period import DAY, Ints
from data_samples.scenes import Stage
from data_samples.second.casting import about_place, by_day, some_days, spared
from data_samples.second.draws import amounts, heavies, heavy, how_many
from data_samples.timing import draw_seconds

FIRST = True
"""Plays before the twins that send people to shops: one that is not open must be out of their way."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one pharmacy where no scene has been; the three ways take turns."""
    unseen = ~city.provider_taken & ~city.provider_visited & (city.places.kind == KINDS.index("pharmacy"))
    shops = rng.permutation(np.flatnonzero(unseen))[: how_many(instances, 14)]
    city.provider_taken[shops] = True
    for number, shop in enumerate(shops.tolist()):
        guests = city.pick_people(
            rng, spared(city, heavy(rng, 12, 80)), district=int(city.places.district[shop]), unrelated=False
        )
        way = (_day_and_night, _new, _closing)[number % 3]
        typology = ("fictitious_purchase", "capacity_anomaly", "capacity_anomaly")[number % 3]
        handles = way(city, rng, shop, guests)
        instance = city.instance(typology, lookalike=True)
        about_place(city, instance, shop).member("person", guests).settled(handles)


def _day_and_night(city: Stage, rng: np.random.Generator, shop: int, guests: Ints) -> Ints:
    person = np.repeat(guests, heavies(rng, len(guests), 1, 6))
    day = rng.integers(city.period.first_day, city.period.last_day + 1, len(person))
    at = day * DAY + draw_seconds(rng, len(person), city.sizes, "emergency")
    return city.settle(rng, person, shop, at, certain=False)


def _new(city: Stage, rng: np.random.Generator, shop: int, guests: Ints) -> Ints:
    opened = int(rng.integers(city.period.first_day + 20, city.period.last_day - 40))
    city.open_provider(shop, opened)
    person = np.repeat(guests, heavies(rng, len(guests), 1, 5))
    day = np.minimum(opened + heavies(rng, len(person), 1, 90, 0.4) - 1, city.period.last_day)
    return city.settle(rng, person, shop, by_day(city, rng, day), certain=False)


def _closing(city: Stage, rng: np.random.Generator, shop: int, guests: Ints) -> Ints:
    """Half-price baskets in the last weeks; afterwards nothing happens there."""
    last = int(rng.integers(city.period.first_day + 60, city.period.last_day))
    city.suspend_provider(shop, last + 1, ends=True)
    days = some_days(rng, (last - 30, last), 30)
    person = np.repeat(guests, heavies(rng, len(guests), 1, 4))
    at = by_day(city, rng, rng.choice(days, len(person)))
    return city.settle(rng, person, shop, at, total=amounts(rng, len(person), 48, 0.4), certain=False)
