"""Random contributions of twenty-one months, and credits that follow from them or do not."""

from __future__ import annotations

import datetime as dt

from support.random_worlds.draw import Draw
from support.world import World

from features.calendar import first_date, month_text

_MONTHS = range(2022 * 12 + 6, 2024 * 12 + 3)
_OF_THE_RETIRED, _OF_NEITHER = 8_500, 9_999


def add_contributions(world: World, draw: Draw) -> None:
    """Add contributions of nine in ten people, and credits of most of their months."""
    for row in world.rows["persons"]:
        person = row["person_id"]
        for month in _MONTHS if not person.endswith("0") else ():
            base = draw.randrange(300_000, 900_000)
            employer = draw.randrange(9_000) if draw.chance(0.1) else 0
            world.add(
                "contributions",
                person=person,
                accrual_month=month_text(month),
                person_into_account=draw.randrange(30_000),
                employer_into_account=employer,
                contribution_base=base,
            )
            if draw.chance(0.85):
                _credited(world, draw, person, month, (base * 2 + 50) // 100 + employer)


def _credited(world: World, draw: Draw, person: str, month: int, due: int) -> None:
    """A credit of what is due to people at work, or to the retired, or of something else."""
    amount = draw.choices([due, _OF_THE_RETIRED, _OF_NEITHER], [40, 30, 15])[0]
    at = dt.datetime.combine(first_date(month).replace(day=9), dt.time())
    kind = "monthly_credit" if draw.chance(0.96) else "adjustment"
    world.entry(person, at, kind, amount, balance_after=500_000, accrual_month=month_text(month))
