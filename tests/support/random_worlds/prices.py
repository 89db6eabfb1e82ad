"""Random prices of ordinary outpatient care in the first months of a year: most are wrong, some by a fen."""

from __future__ import annotations

import datetime as dt

from support.random_worlds.draw import Draw
from support.world import World

_OPENING = dt.datetime(2024, 1, 1, 8)
_DAYS = 90
_PEOPLE = [f"insured{number}" for number in range(20)]
_PLACES = [
    ("pool0", "hospital", "tertiary", "2023-01-01"),
    ("pool1", "pharmacy", "ungraded", "2023-01-01"),
    ("pool2", "clinic", "primary", "2024-02-01"),
]


def add_prices(world: World, seed: int) -> None:
    """Add people and places of their own, and what was charged."""
    draw = Draw(f"prices {seed}")
    for name, kind, level, day in _PLACES:
        world.provider(name, provider_kind=kind, level=level, pooled_outpatient_from=day)
    for person in _PEOPLE:
        world.person(person).enrolled()
    for _ in range(120):
        _charged(world, draw)


def _charged(world: World, draw: Draw) -> None:
    at, scope = draw.moment(_OPENING, _DAYS), draw.randrange(10_000, 90_000)
    deductible = draw.choice([0, 10_000])
    world.settlement(
        draw.choice(_PEOPLE),
        draw.choice(_PLACES)[0],
        at,
        care_type=draw.choice(["outpatient", "pharmacy"]),
        prescription_no=draw.choice(["", "rx"]),
        total_amount=scope,
        in_scope_amount=scope,
        deductible_paid=deductible,
        pool_paid=scope * draw.choice([0, 55, 65, 75]) // 100,
        other_fund_paid=draw.choice([0, 0, 1_200]),
    )
