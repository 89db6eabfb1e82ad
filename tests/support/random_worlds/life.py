"""Random tables full of odd things, on which features and views are compared with their references.

People live in districts, have a few providers of their own, go mostly to those, and often to two within a few days; a
part of the settlements is reversed, some of them in part; some accounts pay for relatives.
"""

from __future__ import annotations

from support.random_worlds.accounts import add_authorizations, add_entries
from support.random_worlds.draw import Draw
from support.random_worlds.period import FIRST_DAY, Period
from support.random_worlds.visits import add_visits
from support.world import World

from features.calendar import date_of
from features.tables import Tables

_DAYS_PER_YEAR = 365.25
_DISTRICTS = [str(320_601 + number) for number in range(3)]
_KINDS = [("pharmacy", "ungraded"), ("hospital", "tertiary"), ("clinic", "primary")]


def random_tables(*, seed: int, **shape: int) -> Tables:
    """The tables of `random_life`, of a source that has every column."""
    return random_life(seed=seed, **shape).tables(complete=True)


def random_life(
    *,
    seed: int,
    persons: int = 40,
    providers: int = 8,
    months: int = 6,
    settlements: int = 700,
    first_day: int = FIRST_DAY,
) -> World:
    """A random world.

    Args:
        seed: of everything drawn.
        persons: how many people.
        providers: how many providers; a third of them pharmacies.
        months: length of the period.
        settlements: how many settlements before reversals.
        first_day: number of the first day of the period.
    """
    draw, world = Draw(seed), World()
    period = Period(date_of(first_day), round(months * _DAYS_PER_YEAR / 12))
    people = [f"P{number:03d}" for number in range(persons)]
    places = [f"H{number:03d}" for number in range(providers)]
    _people(world, draw, people, period)
    _providers(world, draw, places)
    _enrolments(world, draw, people, period)
    add_visits(world, draw, people, places, period, settlements)
    add_authorizations(world, draw, people, period)
    add_entries(world, draw, people, period)
    _contexts(world, draw, people, places, period)
    return world


def _people(world: World, draw: Draw, people: list[str], period: Period) -> None:
    for number, person in enumerate(people):
        birth = draw.unless(0.1, period.day(-draw.randrange(36_000)))
        world.person(person, birth_date=birth, region_code=draw.unless(0.05, _DISTRICTS[number % 3]))


def _providers(world: World, draw: Draw, places: list[str]) -> None:
    for number, place in enumerate(places):
        kind, level = _KINDS[number % 3]
        district = draw.unless(0.1, draw.choice(_DISTRICTS))
        world.provider(place, provider_kind=kind, level=level, district_code=district)


def _enrolments(world: World, draw: Draw, people: list[str], period: Period) -> None:
    """Most people have one long interval, some two that overlap or leave a gap, a few none."""
    for person in [*people, *draw.choices(people, k=len(people) // 3)]:
        if draw.chance(0.03):
            continue
        start = draw.randrange(-600, period.days // 2)
        world.enrolment(
            person,
            scheme=draw.choice(["employee", "resident"]),
            person_category=draw.choice(["active", "retired", "resident"]),
            status=draw.choices(["active", "suspended", "unknown"], [90, 5, 5])[0],
            employer=draw.unless(0.7, f"B{people.index(person) // 9}"),
            start_date=period.day(start),
            end_date=draw.unless(0.6, period.day(start + draw.randrange(10, 900))),
        )


def _contexts(world: World, draw: Draw, people: list[str], places: list[str], period: Period) -> None:
    """A few lawful reasons: of a person, at a provider, of both, of nobody; some without an end."""
    for _ in range(max(4, len(people) // 10)):
        start = draw.randrange(-30, period.days)
        world.context(
            draw.choice(["clinic_day", "nursing_home", "agent_purchase"]),
            period.day(start),
            draw.unless(0.2, period.day(start + draw.randrange(60))),
            person=draw.unless(0.3, draw.choice(people)),
            provider=draw.unless(0.4, draw.choice(places)),
        )
