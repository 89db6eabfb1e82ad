"""D19: the annual cap is used up in the last weeks of the year, with costly drugs that were never needed before.

A period without the end of a benefit year has no such scene.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.period import DAY, Ints
from data_samples.places import PHARMACY
from data_samples.scenes import Stage
from data_samples.scenes.benefit_values import cost_of_the_cap, whole_years
from data_samples.scenes.policy import pooled_pharmacies
from data_samples.scenes.whereabouts import in_hours

_WEEKS = 27
"""Days before the end of the year in which everything is bought."""


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one buyer; two or three pharmacies and one center sell and prescribe."""
    years = whole_years(city)
    if not years:
        return
    for number in range(instances):
        _, end = years[number % len(years)]
        category = ("active", "retired")[number % 2]
        ages = (24, 50) if category == "active" else (58, 75)
        buyer = int(city.pick_people(rng, 1, categories=[category], age=ages, unrelated=False)[0])
        city.instance("cap_rush").subject("person", buyer).settled(_rush(city, rng, buyer, category, end))


def _rush(city: Stage, rng: np.random.Generator, buyer: int, category: str, end: int) -> Ints:
    """Fourteen to twenty-four purchases that reach the cap from nothing, give or take a little."""
    count = int(rng.integers(14, 25))
    desk = int(city.pick_providers(rng, "primary_care")[0])
    places = pooled_pharmacies(city, rng, int(rng.integers(2, 4)), end - _WEEKS)
    where = rng.choice(places, count)
    at = np.sort(in_hours(rng, rng.integers(end - _WEEKS, end + 1, count), 8.5, 19))
    share = rng.uniform(0.7, 1.3, count)
    whole = cost_of_the_cap(city, category, count) * rng.uniform(0.98, 1.03)
    return city.settle(
        rng,
        buyer,
        where,
        at,
        care="pharmacy" if city.places.kind[places[0]] == PHARMACY else "outpatient",
        total=np.ceil(whole * share / share.sum()).astype(np.int64),
        in_scope=True,
        certain=False,
        item=rng.choice(np.arange(WATCHED_FROM, ITEMS), count),
        lines=1,
        packs=rng.integers(6, 16, count),
        desk=desk,
        doctor=int(rng.integers(0, city.places.doctors[desk])),
        prescribed=at - rng.integers(1_800, DAY, count),
    )
