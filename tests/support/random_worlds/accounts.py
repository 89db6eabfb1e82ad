"""Random accounts: who may use them, and their ledgers."""

from __future__ import annotations

from support.random_worlds.draw import Draw
from support.random_worlds.period import Period
from support.world import World

_RELATIONS = ["spouse", "parent", "child", "sibling", "grandchild", "unknown"]
_DEBITS = ["settlement", "mutual_aid", "premium", "transfer_out"]
_BALANCES = [0, 99, 100, 5_000, 80_000]


def add_authorizations(world: World, draw: Draw, people: list[str], period: Period) -> None:
    """Add as many authorizations as there are people, of those who pay for each other's visits."""
    for _ in people:
        payer = draw.randrange(len(people))
        world.authorization(
            people[payer],
            people[payer - draw.randrange(1, 4)],
            relation=draw.choice(_RELATIONS),
            valid_from=period.at(draw.randrange(-100, period.days), draw.randrange(1440)),
        )


def add_entries(world: World, draw: Draw, people: list[str], period: Period) -> None:
    """Add a credit about every month and some debits; balances do not add up, and some are near nothing."""
    months = max(period.days // 30, 1)
    for person in people:
        for month in range(months):
            _posted(world, draw, person, period, month * 30 + 9, "monthly_credit")
    for _ in range(len(people) * months):
        day, kind = draw.randrange(period.days), draw.choice([*_DEBITS, "interest", "refund"])
        _posted(world, draw, draw.choice(people), period, day, kind)


def _posted(world: World, draw: Draw, person: str, period: Period, day: int, kind: str) -> None:
    amount = draw.randrange(1, 30_000)
    world.entry(
        person,
        period.at(day, 0),
        kind,
        -amount if kind in _DEBITS else amount,
        balance_after=draw.choice(_BALANCES),
    )
