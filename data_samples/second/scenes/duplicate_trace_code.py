"""D01: packs that were settled once are settled again.

A buyer's packs go to a small pharmacy or clinic, which sells them to its customers weeks later; or a shop keeps one
pack under the counter and scans its code whenever it sells something else.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.second.casting import by_day, near, ring, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one place that sells again."""
    for number, strength in enumerate(strengths(rng, instances, 16)):
        place = int(city.pick_providers(rng, ("pharmacy", "clinic", "pharmacy")[number % 3], subject=True)[0])
        (_resale, _same_code, _resale)[number % 3](city, rng, place, strength)


def _resale(city: Stage, rng: np.random.Generator, place: int, strength: int) -> None:
    suppliers = ring(
        city, rng, heavy(rng, graded(strength, 1, 2, 3), graded(strength, 3, 6, 14)), age=(40, 90)
    )
    first, last = window(city, rng, graded(strength, 120, 160, 220))
    bought = heavies(rng, len(suppliers), graded(strength, 2, 4, 6), graded(strength, 6, 12, 30))
    person = np.repeat(suppliers, bought)
    shops = np.concatenate(
        [
            np.full(count, near(city, rng, who, "pharmacy"))
            for who, count in zip(suppliers, bought, strict=True)
        ]
    )
    day = rng.integers(first, max(first + 1, last - 30), len(person))
    item, packs = rng.integers(WATCHED_FROM, ITEMS, len(person)), heavies(rng, len(person), 1, 7)
    price = amounts(rng, len(person), 45, 0.5)
    sources = city.settle(
        rng,
        person,
        shops,
        by_day(city, rng, day),
        total=packs * price,
        item=item,
        packs=packs,
        lines=1,
        certain=False,
    )
    again = rng.random(len(person)) < graded(strength, 0.5, 0.75, 0.95)
    again[0] = True
    later = np.minimum(day[again] + heavies(rng, int(again.sum()), 2, 70, 0.6), city.period.last_day)
    buyers = ring(city, rng, heavy(rng, 3, 40), district=int(city.places.district[place]))
    sold = city.settle(
        rng,
        rng.choice(buyers, len(later)),
        place,
        by_day(city, rng, later),
        care=_care(city, place),
        total=packs[again] * price[again],
        item=item[again],
        packs=packs[again],
        lines=1,
    )
    city.sell_again(sold, sources[again])
    instance = city.instance("duplicate_trace_code", strength=strength)
    instance.subject("provider", place).member("person", suppliers).settled(
        np.concatenate([sources[again], sold])
    )


def _same_code(city: Stage, rng: np.random.Generator, place: int, strength: int) -> None:
    customers = ring(city, rng, heavy(rng, graded(strength, 3, 5, 8), graded(strength, 6, 12, 40)))
    packs = heavy(rng, 1, graded(strength, 3, 8, 25))
    sold: list[Ints] = []
    for _ in range(packs):
        times = heavy(rng, graded(strength, 2, 3, 4), graded(strength, 3, 6, 14))
        days = some_days(rng, window(city, rng, graded(strength, 90, 60, 45)), times)
        handles = city.settle(
            rng,
            rng.choice(customers, len(days)),
            place,
            by_day(city, rng, days),
            care=_care(city, place),
            total=amounts(rng, len(days), float(rng.uniform(30, 160)), 0.1),
            item=int(rng.integers(WATCHED_FROM, ITEMS)),
            packs=1,
            lines=1,
        )
        city.sell_again(handles[1:], np.repeat(handles[:1], len(handles) - 1))
        sold.append(handles)
    instance = city.instance("duplicate_trace_code", strength=strength)
    instance.subject("provider", place).member("person", customers).settled(np.concatenate(sold))


def _care(city: Stage, place: int) -> str:
    return "pharmacy" if city.places.kind[place] == 0 else "outpatient"
