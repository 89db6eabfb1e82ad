"""Looks like D06: patients who need much, lawfully: rehabilitation, long prescriptions, drugs that are out of stock.

A third is in rehabilitation several times a week, a third buys a watched drug on prescription every month wherever
it is in stock, a third fetches long prescriptions of two centers. Half of the buyers have a context registered.
"""

from __future__ import annotations

import numpy as np

from data_samples.other_rows import ITEMS, WATCHED_FROM
from data_samples.period import Ints
from data_samples.scenes import DAY, MINUTE, Stage, second

_REHABILITATION = 6
_MONTH = 30


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one patient; the three ways take turns."""
    ways = (_rehabilitation, _where_in_stock, _long_prescriptions)
    for number, patient in enumerate(
        city.pick_people(rng, instances, account=True, age=(30, 92), unrelated=False).tolist()
    ):
        handles = ways[number % len(ways)](city, rng, patient)
        city.instance("professional_buyer", lookalike=True).subject("person", patient).settled(handles)


def _rehabilitation(city: Stage, rng: np.random.Generator, patient: int) -> Ints:
    """Some times a week for weeks or months at one hospital, with purchases at one pharmacy."""
    ranges = city.ranges("many_lawful_visits")
    length = ranges.count(rng, "days", city.period.days - 1)
    first = int(rng.integers(city.period.first_day, city.period.last_day - length + 1))
    days = city.days(rng, length * ranges.count(rng, "weekly") // 7, first, first + length - 1)
    district = int(city.people.district[patient])
    hospital = int(city.pick_providers(rng, "hospital", district=district)[0])
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=district)[0])
    at = days * DAY + rng.integers(second(8), second(16), len(days))
    treated = city.settle(
        rng,
        patient,
        hospital,
        at,
        care="special_outpatient",
        programme=_REHABILITATION,
        certain=False,
    )
    later = at[:: int(rng.integers(4, 9))] + 70 * MINUTE
    return np.concatenate([treated, city.settle(rng, patient, pharmacy, later, certain=False)])


def _where_in_stock(city: Stage, rng: np.random.Generator, patient: int) -> Ints:
    """One watched drug, one doctor, some pharmacies: monthly, or weekly as strong painkillers are given."""
    ranges = city.ranges("many_lawful_visits")
    desk = int(city.pick_providers(rng, "hospital", district=int(city.people.district[patient]))[0])
    pharmacies = city.pick_providers(rng, "pharmacy", ranges.count(rng, "shops"))
    at = _monthly(city, rng, ranges.count(rng, "monthly"))
    if rng.random() < 0.5:
        city.register("agent_purchase", person=patient)
    packs, where = ranges.counts(rng, "packs", len(at)), rng.choice(pharmacies, len(at))
    return city.settle(
        rng,
        patient,
        where,
        at,
        total=packs * int(ranges.fen(rng, "price", 1)[0]),
        certain=False,
        item=int(rng.integers(WATCHED_FROM, ITEMS)),
        lines=1,
        packs=packs,
        supply=7 * packs,
        desk=desk,
        doctor=int(rng.integers(0, city.places.doctors[desk])),
        prescribed=at - rng.integers(40 * MINUTE, 2 * DAY, len(at)),
    )


def _long_prescriptions(city: Stage, rng: np.random.Generator, patient: int) -> Ints:
    """Twelve weeks' supply of several chronic drugs at a time, prescribed by two centers."""
    district = int(city.people.district[patient])
    desks = city.pick_providers(rng, "primary_care", 2, district=district)
    pharmacies = city.pick_providers(rng, "pharmacy", 2, district=district)
    day = np.arange(city.period.first_day + int(rng.integers(0, 40)), city.period.last_day - 3, 84)
    day = np.repeat(day, 3) + rng.integers(0, 3, 3 * len(day))
    at = day * DAY + rng.integers(second(8.5), second(18), len(day))
    if rng.random() < 0.5:
        city.register("long_prescription", person=patient)
    desk, where = rng.choice(desks, len(at)), rng.choice(pharmacies, len(at))
    return city.settle(
        rng,
        patient,
        where,
        at,
        total=rng.integers(18_000, 60_000, len(at)),
        certain=False,
        item=rng.integers(1, ITEMS, len(at)),
        lines=3,
        packs=rng.integers(6, 13, len(at)),
        supply=84,
        desk=desk,
        doctor=0,
        prescribed=at - rng.integers(60 * MINUTE, DAY, len(at)),
    )


def _monthly(city: Stage, rng: np.random.Generator, often: int) -> Ints:
    """So many times a month, over the whole period."""
    start = np.repeat(city.period.month_starts, often)
    usual = rng.integers(0, _MONTH - 6, often)
    day = start + np.tile(usual, city.period.months) + rng.integers(0, 4, len(start))
    moments: Ints = day * DAY + rng.integers(second(8.5), second(19), len(start))
    return moments
