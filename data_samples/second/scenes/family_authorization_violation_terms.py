"""D26: an account pays outside the terms of the authorization.

Before it began or after it had ended; for somebody who was never authorized; or under one that is made for a few days
again and again, whenever there is money to take.
"""

from __future__ import annotations

import numpy as np

from data_samples.families import RELATIONS
from data_samples.period import DAY, Ints
from data_samples.scenes import Stage
from data_samples.scenes.policy import lawful_from
from data_samples.second.casting import by_day, near, some_days, window
from data_samples.second.draws import amounts, graded, heavy, strengths


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account and one user; the four ways take turns."""
    ways = (_too_early, _too_late, _never, _for_some_days)
    for number, strength in enumerate(strengths(rng, instances, 45)):
        payer, user, relation = city.pick_relatives(rng, 1)[0].tolist()
        span = window(city, rng, graded(strength, 120, 180, 260), lawful_from(city))
        way = ways[number % len(ways)]
        handles = way(city, rng, (payer, user), RELATIONS[relation], span, strength)
        instance = city.instance("family_authorization_violation", strength=strength)
        instance.subject("payer_account", payer).member("person", user).settled(handles)


def _too_early(
    city: Stage,
    rng: np.random.Generator,
    pair: tuple[int, int],
    relation: str,
    span: tuple[int, int],
    strength: int,
) -> Ints:
    days = some_days(rng, span, heavy(rng, graded(strength, 1, 2, 4), graded(strength, 4, 8, 20)))
    begins = int(days[-1]) + heavy(rng, graded(strength, 1, 8, 20), 60)
    city.authorize(*pair, relation, begins * DAY + 9 * 3600)
    return _paid(city, rng, pair, days)


def _too_late(
    city: Stage,
    rng: np.random.Generator,
    pair: tuple[int, int],
    relation: str,
    span: tuple[int, int],
    strength: int,
) -> Ints:
    ended = span[0] + (span[1] - span[0]) // 3
    city.authorize(*pair, relation, span[0] * DAY, ended * DAY + DAY - 1)
    gap = graded(strength, 1, 5, 15)
    count = heavy(rng, graded(strength, 1, 2, 4), graded(strength, 4, 8, 20))
    return _paid(city, rng, pair, some_days(rng, (min(ended + gap, span[1]), span[1]), count))


def _never(
    city: Stage,
    rng: np.random.Generator,
    pair: tuple[int, int],
    _relation: str,
    span: tuple[int, int],
    strength: int,
) -> Ints:
    count = heavy(rng, graded(strength, 1, 3, 5), graded(strength, 4, 9, 25))
    return _paid(city, rng, pair, some_days(rng, span, count))


def _for_some_days(
    city: Stage,
    rng: np.random.Generator,
    pair: tuple[int, int],
    relation: str,
    span: tuple[int, int],
    strength: int,
) -> Ints:
    """Authorized, drained on the next days and revoked, several times; the last payment comes a day too late."""
    rounds = heavy(rng, graded(strength, 2, 3, 4), graded(strength, 4, 6, 12))
    paid = []
    for start in some_days(rng, (span[0], max(span[0], span[1] - 4)), rounds).tolist():
        city.authorize(*pair, relation, start * DAY + 8 * 3600, (start + 1) * DAY)
        paid.append(_paid(city, rng, pair, np.array([min(start + 2, city.period.last_day)])))
    return np.concatenate(paid)


def _paid(city: Stage, rng: np.random.Generator, pair: tuple[int, int], days: Ints) -> Ints:
    place = near(city, rng, pair[1], "pharmacy")
    total = amounts(rng, len(days), float(rng.uniform(60, 300)), 0.6)
    at = by_day(city, rng, days)
    return city.settle(rng, pair[1], place, at, purse="relative", payer=pair[0], total=total)
