"""People of a scene, as many as there are, and the honest business beside it."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_samples.fourth.people import among
from data_samples.period import Ints
from data_samples.scenes import Stage
from data_samples.third.cast import newcomers, spare
from data_samples.third.cover import customers, own_purchases
from data_samples.third.pace import Span, every_day


def people(city: Stage, rng: np.random.Generator, wanted: int, place: int = -1, **choice: Any) -> Ints:
    """Unrelated people, of the district of a place if one is named; as many as there are, perhaps none."""
    if place >= 0:
        choice["district"] = int(city.places.district[place])
    everyone = np.ones(city.people.count, dtype=bool)
    return among(city, rng, everyone, spare(city, wanted), **choice)


def men(city: Stage, rng: np.random.Generator, wanted: int, place: int, **choice: Any) -> Ints:
    """Unrelated men of the district of a place."""
    district = int(city.places.district[place])
    return among(city, rng, city.people.male.astype(bool), spare(city, wanted), district=district, **choice)


def women(city: Stage, rng: np.random.Generator, wanted: int, **choice: Any) -> Ints:
    """Unrelated women with whom nothing has been planted."""
    unseen = ~city.people.male.astype(bool)
    unseen[city.drafts().person] = False
    return among(city, rng, unseen, spare(city, wanted), **choice)


def in_bed(city: Stage, rng: np.random.Generator, wanted: int, **choice: Any) -> Ints:
    """People with whom nothing has been planted, so that they can lie in a bed or die; perhaps none."""
    return newcomers(city, rng, wanted, **choice)


def colleagues(city: Stage, rng: np.random.Generator, wanted: int) -> Ints:
    """Owners of accounts who have one employer; perhaps none."""
    employer = city.pick_employer(rng, wanted)
    everyone = np.ones(city.people.count, dtype=bool)
    return among(city, rng, everyone, wanted, employer=employer, account=True, unrelated=False)


def honest_days(city: Stage, rng: np.random.Generator, place: int, span: Span) -> None:
    """Other customers of the place, on most days of a stretch."""
    days = every_day(span)
    open_days = days[rng.random(len(days)) < rng.uniform(0.25, 0.8)]
    if len(open_days):
        customers(city, rng, place, open_days, float(rng.uniform(1.5, 4.0)))


def own_needs(city: Stage, rng: np.random.Generator, who: Ints, place: int, span: Span) -> None:
    """What these people buy there for themselves."""
    own_purchases(city, rng, who, place, span, float(rng.uniform(0.3, 2.0)))
