"""D08: one card is in two places: at once, or as if two people lived with it.

A visit far away follows within minutes; or a copy of the card is used for weeks in another district, on the owner's
own days, now and then minutes after the owner. Mild instances leave an hour or two between the places.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import DAY, MINUTE, Ints
from data_samples.scenes import Stage
from data_samples.scenes.whereabouts import far_from
from data_samples.second.casting import by_day, lone, near, some_days, window
from data_samples.second.draws import amounts, graded, heavies, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """The two ways take turns."""
    for number, strength in enumerate(strengths(rng, instances, 40)):
        person = lone(city, rng, age=(18, 92))
        here = near(city, rng, person, "pharmacy")
        there = far_from(
            city, rng, here, str(rng.choice(["pharmacy", "clinic"])), graded(strength, 12.0, 20.0, 30.0)
        )
        way = (_at_once, _copied)[number % 2]
        handles = way(city, rng, person, here, there, strength)
        city.instance("impossible_travel", strength=strength).subject("person", person).settled(handles)


def _at_once(
    city: Stage, rng: np.random.Generator, person: int, here: int, there: int, strength: int
) -> Ints:
    days = some_days(
        rng, window(city, rng, 200), heavy(rng, graded(strength, 2, 3, 4), graded(strength, 3, 6, 15))
    )
    return _pairs(city, rng, person, here, there, days, graded(strength, (8, 30), (3, 14), (1, 8)))


def _copied(city: Stage, rng: np.random.Generator, person: int, here: int, there: int, strength: int) -> Ints:
    """Two separate rounds of purchases over some weeks; some of their days coincide."""
    span = window(city, rng, graded(strength, 80, 60, 45))
    own = some_days(rng, span, heavy(rng, 3, 9))
    copy = some_days(rng, span, heavy(rng, graded(strength, 4, 7, 11), graded(strength, 8, 16, 40)))
    both = some_days(rng, span, graded(strength, 2, 3, heavy(rng, 3, 8)))
    card = int(rng.integers(1, 3))
    first = city.settle(rng, person, here, by_day(city, rng, own), credential=card, certain=False)
    second = city.settle(
        rng,
        person,
        there,
        by_day(city, rng, copy),
        care=_care(city, there),
        total=amounts(rng, len(copy), float(rng.uniform(80, 380)), 0.4),
        credential=card,
        certain=False,
    )
    minutes = graded(strength, (8, 30), (3, 14), (1, 8))
    return np.concatenate([first, second, _pairs(city, rng, person, here, there, both, minutes)])


def _pairs(
    city: Stage,
    rng: np.random.Generator,
    person: int,
    here: int,
    there: int,
    days: Ints,
    minutes: tuple[int, int],
) -> Ints:
    """A purchase here and one there, so many minutes before or after."""
    at = days * DAY + rng.integers(9 * 60, 18 * 60, len(days)) * MINUTE
    card = int(rng.integers(1, 3))
    soon = heavies(rng, len(days), *minutes, 0.8) * MINUTE * rng.choice([-1, 1], len(days))
    first = city.settle(rng, person, here, at, credential=card, certain=False)
    second = city.settle(
        rng, person, there, at + soon, care=_care(city, there), credential=card, certain=False
    )
    return np.concatenate([first, second])


def _care(city: Stage, place: int) -> str:
    return "pharmacy" if city.places.kind[place] == 0 else "outpatient"
