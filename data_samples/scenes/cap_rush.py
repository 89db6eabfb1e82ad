"""D19: the annual cap is used up in the last weeks of the year, with costly drugs that were never needed before.

Mild instances begin earlier, stop short of the cap, and mix in other drugs.

A period without the end of a benefit year has no such scene.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.period import DAY, Ints
from data_samples.places import PHARMACY
from data_samples.ranges import Ranges
from data_samples.scenes import Stage
from data_samples.scenes.benefit_values import cost_of_the_cap, whole_years
from data_samples.scenes.policy import pooled_pharmacies
from data_samples.scenes.whereabouts import in_hours


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one buyer; some pharmacies sell and one center prescribes."""
    years = whole_years(city)
    if not years:
        return
    for number, strength in enumerate(city.strengths(rng, instances)):
        _, end = years[number % len(years)]
        category = ("active", "retired")[number % 2]
        ages = (24, 50) if category == "active" else (58, 75)
        buyer = int(city.pick_people(rng, 1, categories=[category], age=ages, unrelated=False)[0])
        rushed = _rush(city, rng, buyer, category, end, city.ranges("cap_rush", strength))
        city.instance("cap_rush", strength=strength).subject("person", buyer).settled(rushed)


def _rush(city: Stage, rng: np.random.Generator, buyer: int, category: str, end: int, ranges: Ranges) -> Ints:
    """Purchases that reach the cap from nothing, give or take, in so many days before the end of the year."""
    count, length = ranges.count(rng, "purchases"), ranges.count(rng, "days")
    desk = int(city.pick_providers(rng, "primary_care")[0])
    first = max(city.period.first_day, end - length)
    places = pooled_pharmacies(city, rng, ranges.count(rng, "shops"), first)
    where = rng.choice(places, count)
    at = np.sort(in_hours(rng, rng.integers(first, end + 1, count), 8.5, 19))
    share = np.exp(ranges.share(rng, "spread") * rng.standard_normal(count))
    whole = cost_of_the_cap(city, category, count) * ranges.share(rng, "reach")
    watched = rng.random(count) < ranges.share(rng, "watched")
    watched[0] = True
    return city.settle(
        rng,
        buyer,
        where,
        at,
        care="pharmacy" if city.places.kind[places[0]] == PHARMACY else "outpatient",
        total=np.ceil(whole * share / share.sum()).astype(np.int64),
        in_scope=True,
        certain=False,
        item=np.where(
            watched, rng.integers(WATCHED_FROM, ITEMS, count), rng.integers(1, WATCHED_FROM, count)
        ),
        lines=1,
        packs=ranges.counts(rng, "packs", count),
        desk=desk,
        doctor=int(rng.integers(0, city.places.doctors[desk])),
        prescribed=at - rng.integers(1_800, DAY, count),
    )
