"""Data that two hospitals send late or incomplete, or that cannot be true."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support.random_worlds.draw import Draw
from support.world import World

_CORRECT: dict[str, Any] = {
    "diagnosis_code": "I10.0",
    "operator": "o1",
    "prescriber": "zhao",
    "total_amount": 10_000,
    "in_scope_amount": 10_000,
    "fully_self_paid": 0,
    "over_limit_self_paid": 0,
    "pre_self_paid": 0,
    "pool_paid": 6_000,
    "other_fund_paid": 0,
    "mutual_aid_paid": 0,
    "cash_paid": 4_000,
    "provider_borne": 0,
}


def add_defective_data(world: World, draw: Draw, opening: dt.datetime, days: int) -> None:
    """Add settlements of two hospitals; most have a defect, many of them are late."""
    for number in range(240):
        at = draw.moment(opening, days)
        service = at - dt.timedelta(days=draw.choice([0, 0, 0, 2, 4, 5, 9]))
        row = {**_CORRECT, "care_type": "outpatient", "service_date": service.date()}
        defect = draw.choice([{}, {}, *_defects(draw, at)])
        world.settlement(f"guest{number}", f"hospital{number % 2}", at, **row | defect)


def _defects(draw: Draw, at: dt.datetime) -> list[dict[str, Any]]:
    tomorrow = at + dt.timedelta(days=1)
    return [
        {"diagnosis_code": ""},
        {"prescriber": ""},
        {"operator": ""},
        {"in_scope_amount": draw.choice([99, 97, 40]) * 100 + 94},
        {"cash_paid": draw.choice([3_996, 3_990, 2_500])},
        {"prescribed_at": tomorrow.replace(hour=8, minute=0)},
        {"admitted_on": tomorrow.date(), "discharged_on": at.date()},
    ]
