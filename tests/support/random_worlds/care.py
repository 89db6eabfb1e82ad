"""Random care of a few people over two years, for recalculating what the fund should have paid."""

from __future__ import annotations

import datetime as dt

from support.random_worlds.draw import Draw
from support.random_worlds.policies import LEVELS
from support.world import World

_PLACES = [f"m{number}" for number in range(8)]
_CARES = ["outpatient", "emergency", "pharmacy", "special_outpatient", "inpatient"]


def random_care(seed: int, start: dt.date, count: int = 400, *, gaps: bool = False) -> World:
    """A world of settlements and providers.

    Some settlements are reversed, a few without a name, some are settled days or a year later, some at one moment. Much
    of what the fund does not pay records a deductible or a pooled payment.

    Args:
        seed: of everything drawn.
        start: day from which the fund pays; care begins a little earlier.
        count: how many settlements before reversals.
        gaps: a few cells are left empty: a deductible, or the cost in scope.
    """
    world = World()
    _providers(world, Draw(seed), start)
    _care(world, Draw(seed), start, count)
    if gaps:
        draw = Draw(seed)
        for row in world.rows["settlements"]:
            if draw.chance(0.03):
                row[draw.choice(["deductible_paid", "in_scope_amount"])] = None
    return world


def _providers(world: World, draw: Draw, start: dt.date) -> None:
    for place in _PLACES:
        world.provider(
            place,
            provider_kind=draw.choice(["hospital", "clinic", "pharmacy"]),
            level=draw.choice([*LEVELS, "ungraded"]),
            pooled_outpatient_from=draw.choice([start, start, start + dt.timedelta(days=100), None]),
        )


def _care(world: World, draw: Draw, start: dt.date, count: int) -> None:
    for number in range(count):
        service = start + dt.timedelta(days=draw.randrange(-20, 500))
        settled = service + dt.timedelta(days=draw.choice([0, 0, 0, 0, 1, 25]))
        scope = draw.randrange(40_000)
        at = dt.datetime.combine(settled, dt.time(draw.randrange(8, 11)))
        settlement = world.settlement(
            f"p{draw.randrange(6)}",
            draw.choice(_PLACES),
            at,
            settlement=f"s{draw.randrange(10**6):06d}-{number}",
            service_date=service,
            scheme=draw.choice(["employee"] * 5 + ["resident"]),
            person_category=draw.choice(["active", "flexible", "retired"]),
            care_type=draw.choice(_CARES),
            prescription_no=draw.choice([None, "rx"]),
            total_amount=scope,
            in_scope_amount=scope,
            deductible_paid=scope * draw.randrange(3) // 10,
            pool_paid=scope * draw.randrange(6) // 10,
            other_fund_paid=draw.choice([0, 0, 0, 500]),
        )
        if draw.chance(0.15):
            after = at + dt.timedelta(days=draw.randrange(40), hours=draw.randrange(2))
            of = settlement.row["settlement_id"] if number % 7 else None
            settlement.reversed(after, settlement=f"r{number}", reverses_settlement=of)
    draw.shuffle(world.rows["settlements"])
