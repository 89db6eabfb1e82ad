"""What the pooled fund paid: chronic care, both schemes, a bill twice, stays, days before it paid such care."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support.random_worlds.cast import DAYS, OPENING, PEOPLE, PLACES
from support.random_worlds.draw import Draw
from support.world import World


def add_funded_care(world: World, draw: Draw) -> None:
    """Add care of the cast that the fund paid."""
    for number in range(80):
        person, at = draw.choice(PEOPLE), draw.moment(OPENING, DAYS)
        first, scheme = draw.choice(PLACES), draw.choice(["employee", "employee", "resident"])
        care = draw.choice(["outpatient", "chronic_outpatient", "special_outpatient"])
        visit = {"scheme": scheme, "care_type": care, "encounter": f"v{number}"}
        _paid(world, person, first, at, **visit)
        if draw.chance(0.3):  # the same bill again
            later = at + dt.timedelta(days=9)
            _paid(world, person, first, later, **visit, channel="manual", service_date=at.date())
        soon = at + dt.timedelta(minutes=draw.choice([0, 1, 3, 9, 20]))
        _paid(world, person, draw.choice(PLACES), soon, scheme=scheme)
        if number % 8 == 0:  # a stay around it
            start, end = at - dt.timedelta(days=3), at + dt.timedelta(days=6)
            stay = {"care_type": "inpatient", "admitted_on": start.date(), "discharged_on": end.date()}
            _paid(world, person, first, end, scheme=scheme, **stay)
    for number, person in enumerate(PEOPLE[:8]):  # of a day on which the pool did not pay such care yet
        at = dt.datetime(2023, 6, number + 1, 10)
        early = {"service_date": "2022-12-30", "encounter": f"early{number}"}
        _paid(world, person, PLACES[number % 2], at, **early)


def _paid(world: World, person: str, place: str, at: dt.datetime, **more: Any) -> None:
    usual = {"care_type": "outpatient", "channel": "online", "total_amount": 25_000, "pool_paid": 6_000}
    world.settlement(person, place, at, **usual | more)
