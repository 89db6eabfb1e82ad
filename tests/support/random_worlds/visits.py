"""Random settlements: of people's own providers mostly, in queues, soon after another, and reversed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from support.random_worlds.draw import Draw
from support.random_worlds.period import Period
from support.world import Settlement, World

_LAST_MINUTE = 1439


@dataclass(frozen=True)
class _Visit:
    """Who is where and when; people and providers by number."""

    person: int
    provider: int
    day: int
    minute: int


def add_visits(
    world: World, draw: Draw, people: list[str], places: list[str], period: Period, count: int
) -> None:
    """Add settlements, and reversals of some of them."""
    visit = _anywhere(draw, len(people), len(places), period.days)
    for _ in range(count):
        visit = _next(draw, visit, len(people), len(places), period.days)
        settlement = _settled(world, draw, people, places, period, visit)
        if draw.chance(0.05):
            _reversed(draw, settlement, period, visit)


def _next(draw: Draw, before: _Visit, people: int, places: int, days: int) -> _Visit:
    """Anyone anywhere, the same person soon after, or the next person in the same queue."""
    visit = _anywhere(draw, people, places, days)
    if draw.chance(0.3):
        soon = min(before.day + draw.randrange(6), days - 1)
        visit = replace(visit, person=before.person, day=soon)
    if draw.chance(0.2):
        person = (before.person + draw.randrange(1, 3)) % people
        minute = min(before.minute + draw.randrange(40), _LAST_MINUTE)
        visit = replace(before, person=person, minute=minute)
    return visit


def _anywhere(draw: Draw, people: int, places: int, days: int) -> _Visit:
    """Some people come much more often than others."""
    person = min(draw.geometric(3 / (people + 6)) % people, draw.randrange(people))
    own = (person * 7 + draw.geometric(0.5)) % places
    minute = draw.randrange(1440) if draw.chance(0.1) else draw.randrange(480, 1200)
    return _Visit(
        person,
        own if draw.chance(0.85) else draw.randrange(places),
        draw.randrange(days),
        minute // 60 * 60 if draw.chance(0.3) else minute,  # ties in the minute
    )


def _settled(
    world: World, draw: Draw, people: list[str], places: list[str], period: Period, visit: _Visit
) -> Settlement:
    """A settlement with parts paid by the pool, the own account and a relative's."""
    total = 8_800 if draw.chance(0.2) else draw.randrange(90_000)
    account = total * draw.randrange(10) // 10
    aid = (total - account) // 2 if draw.chance(0.12) else 0
    payer = people[(visit.person + draw.randrange(1, 4)) % len(people)]
    care = draw.choices(["outpatient", "inpatient", "special_outpatient"], [8, 1, 1])[0]
    if visit.provider % 3 == 0:
        care = "pharmacy"
    return world.settlement(
        people[visit.person],
        places[visit.provider],
        period.at(visit.day, visit.minute),
        care_type=care,
        programme_code="dialysis" if care == "special_outpatient" else None,
        prescriber=draw.unless(0.2, f"D{visit.provider * 10 + draw.randrange(9)}"),
        total_amount=total,
        pool_paid=(total - account - aid) * draw.randrange(10) // 10,
        account_paid=account,
        mutual_aid_paid=draw.unless(0.05, aid),
        mutual_aid_payer=payer if aid else None,
    )


def _reversed(draw: Draw, settlement: Settlement, period: Period, visit: _Visit) -> None:
    """Whole, half, or as the reversal of a settlement that the data do not hold."""
    day, minute = divmod(visit.minute + 20, 1440)
    unknown = {"reverses_settlement": "before"} if draw.chance(0.05) else {}
    settlement.reversed(period.at(visit.day + day, minute), part=draw.choice([1, 1, 2]), **unknown)
