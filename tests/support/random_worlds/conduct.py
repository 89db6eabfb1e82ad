"""What people and providers do on purpose: prescriptions split, accounts emptied, the cap reached in a rush."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support.random_worlds.defects import add_defective_data
from support.random_worlds.draw import Draw
from support.world import World

OPENING = dt.datetime(2023, 6, 1, 8)
DAYS = 180


def add_conduct(world: World, seed: int) -> None:
    """Add people and places of their own, and what they did."""
    draw = Draw(f"conduct {seed}")
    _emptied(world, draw)
    _split(world, draw)
    add_defective_data(world, draw, OPENING, DAYS)
    _near_the_cap(world, draw)


def _split(world: World, draw: Draw) -> None:
    """Visits in two to five parts, some just below a limit, some all for one amount, some neither."""
    for _ in range(40):
        person, at = f"patient{draw.randrange(9)}", draw.moment(OPENING, DAYS)
        middle = draw.choice([9_000, 20_000, 28_000])
        spread = draw.choice([200, 1_500, 9_000])
        for part in range(draw.randrange(2, 6)):
            fen, doctor = middle + draw.randrange(-spread, spread), draw.choice(["wang"] * 8 + ["li"])
            later = at + dt.timedelta(minutes=part)
            _settled(world, person, "clinic1", later, fen, care_type="outpatient", prescriber=doctor)


def _emptied(world: World, draw: Draw) -> None:
    """Accounts credited every month, and what they pay: all of it, parts, round amounts, a burst."""
    for number in range(8):
        owner, savings = f"owner{number}", draw.choice([0, 0, 50_000])
        for month in range(1, 7):
            day = dt.datetime(2023, month, 8)
            world.entry(owner, day, "monthly_credit", 12_000, balance_after=savings + 12_000)
            fen = draw.choice([12_000, 12_000, 12_000, 11_950, 10_000, 9_000, 6_043])
            at = day + dt.timedelta(days=draw.choice([0, 0, 1, 2, 3, 9]), hours=9)
            _bought(world, draw, owner, at, fen, savings + 12_000 - fen)
        start = dt.datetime(2023, draw.randrange(1, 7), 14, 9)
        for turn in range(draw.choice([0, 4, 7, 9])):
            at = start + dt.timedelta(days=turn * draw.choice([1, 1, 2]) // 2)
            _bought(world, draw, owner, at, draw.choice([10_000, 40_000]), 90_000 - turn * 10_000)
    for number in range(60):
        _bought(world, draw, f"guest{number}", draw.moment(OPENING, DAYS), 3_333, 8_000)


def _bought(world: World, draw: Draw, owner: str, at: dt.datetime, fen: int, left: int) -> None:
    """A purchase from the own account, of an owner nearly always with the same operator."""
    usual = owner.startswith("owner") and draw.chance(0.9)
    operator = "o1" if usual else f"o{draw.randrange(1, 9)}"
    paid = {"account_paid": fen, "account_balance_after": left}
    _settled(world, owner, f"pharmacy{int(owner[-1]) % 3}", at, fen, operator=operator, **paid)


def _near_the_cap(world: World, draw: Draw) -> None:
    """People who use the fund a little all year, and some of them very much in its last weeks."""
    for number in range(10):
        person, usual = f"patient{number}", draw.choice([20_000, 40_000, 100_000])
        days = [dt.datetime(2023, month, draw.randrange(1, 29), 9) for month in range(1, 13)]
        last = draw.choice([0, 250_000, 300_000]) or usual
        weeks = [dt.datetime(2023, 12, 1 + 7 * week, 9) for week in range(4)]
        for at, fen in [*((day, usual) for day in days), *((day, last) for day in weeks)]:
            _settled(world, person, "clinic2", at, fen, care_type="outpatient", pool_paid=fen)


def _settled(world: World, person: str, place: str, at: dt.datetime, fen: int, **more: Any) -> None:
    usual = {"diagnosis_code": "I10.0", "operator": "o1", "prescriber": "zhao", "total_amount": fen}
    world.settlement(person, place, at, **usual | more)
