"""D28: accounts pay for wellness goods, and for insurance that is not on the list.

Two of four instances are purchases at a pharmacy, one is a product that accounts may not buy, one the premium of a
relative for whom they may not pay.
"""

from __future__ import annotations

import numpy as np

from data_samples.ranges import Ranges
from data_samples.scenes import DAY, Stage, second
from data_samples.scenes.whereabouts import a_month, in_hours
from features.money import FEN_PER_YUAN

_RELATIONS = ("sibling", "grandparent", "grandchild")


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account; instances cycle through the causes."""
    causes = (_goods, _product, _goods, _relative)
    for number, strength in enumerate(city.strengths(rng, max(instances, len(causes)))):
        causes[number % len(causes)](city, rng, city.ranges("prohibited_account_use", strength))


def _goods(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Purchases of wellness goods within a month at one pharmacy."""
    owner = _owner(city, rng)
    pharmacy = int(city.pick_providers(rng, "pharmacy", district=int(city.people.district[owner]))[0])
    days = city.days(rng, ranges.count(rng, "purchases"), *a_month(city, rng, city.policy_start))
    handles = city.settle(
        rng,
        owner,
        pharmacy,
        in_hours(rng, days, 8.5, 20),
        total=ranges.fen(rng, "price", len(days)),
        item_kind="wellness",
        lines=1,
        doctor=-1,
        prescribed=-1,
        diagnosis=-1,
    )
    instance = city.instance("prohibited_account_use", strength=ranges.strength).subject("provider", pharmacy)
    instance.member("person", owner).settled(handles)


def _product(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """A commercial product that no government guides."""
    owner = _owner(city, rng)
    fen = int(ranges.fen(rng, "product", 1)[0])
    city.post(owner, _a_time(city, rng), "premium", -fen, "other", owner)
    city.instance("prohibited_account_use", strength=ranges.strength).subject("person", owner).worth(fen)


def _relative(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Residents' premiums for relatives for whom the law of the time did not provide."""
    owner = _owner(city, rng)
    count = ranges.count(rng, "relatives")
    others = city.pick_people(rng, count, categories=["resident"], unrelated=False).tolist()
    premium = round(city.sizes["premiums"]["resident"] * FEN_PER_YUAN)
    for other in others:
        at = _a_time(city, rng)
        city.authorize(owner, other, str(rng.choice(_RELATIONS)), at - int(rng.integers(1, 10)) * DAY)
        city.post(owner, at, "premium", -premium, "resident", other)
    city.instance("prohibited_account_use", strength=ranges.strength).subject("person", owner).worth(
        count * premium
    )


def _owner(city: Stage, rng: np.random.Generator) -> int:
    return int(city.pick_people(rng, 1, account=True, age=(25, 85), unrelated=False)[0])


def _a_time(city: Stage, rng: np.random.Generator) -> int:
    """Office hours of a day after mutual aid began."""
    first = max(city.period.first_day, city.policy_start) + 12
    day = int(rng.integers(first, city.period.last_day - 5))
    return day * DAY + int(rng.integers(second(9), second(17)))
