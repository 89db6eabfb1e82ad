"""Small random worlds in which every rule has something to find."""

from __future__ import annotations

import datetime as dt

from support.random_worlds.cast import DAYS, FIRST_DAY, OPENING, PEOPLE, PLACES
from support.random_worlds.conduct import add_conduct
from support.random_worlds.draw import Draw
from support.random_worlds.funded import add_funded_care
from support.random_worlds.ledgers import add_ledgers
from support.random_worlds.prices import add_prices
from support.world import Settlement, World

from features.contract.vocabulary import COST_COLUMNS, PAYER_COLUMNS
from features.tables import Tables


def random_world(seed: int) -> Tables:
    """Thirty people, four providers, four months: visits, loops, batches, relatives, gaps and deaths.

    Next to them live the people of the recipes of conduct, prices and ledgers.
    """
    draw, world = Draw(seed), World()
    _people(world, draw)
    _providers(world, draw)
    _relatives(world, draw)
    _visits(world, draw)
    add_funded_care(world, Draw(draw.random()))
    since, until = draw.day(FIRST_DAY, 10, 11), draw.day(FIRST_DAY, 20, 30)
    world.context("clinic_day", since, until, provider=PLACES[3])
    add_conduct(world, seed)
    add_prices(world, seed)
    add_ledgers(world, seed)
    _record_guests(world)
    _add_up(world)
    return world.tables()


def _add_up(world: World) -> None:
    """Let patients pay in cash, and outside the scope, what the other amounts of a settlement leave of its total."""
    for row in world.rows["settlements"]:
        for rest, columns in (("cash_paid", PAYER_COLUMNS), ("fully_self_paid", COST_COLUMNS)):
            others = sum(row.get(name) or 0 for name in columns if name != rest)
            row[rest] = (row.get("total_amount") or 0) - others


def _record_guests(world: World) -> None:
    """Rows for the people and providers of the recipes: tables that lack many of them are not judged at all."""
    settlements = world.rows["settlements"]
    people = {row["person_id"] for row in world.rows["persons"]}
    for name in sorted({row["person_id"] for row in settlements} - people):
        world.person(name).enrolled()
    places = {row["provider_id"] for row in world.rows["providers"]}
    for number, name in enumerate(sorted({row["provider_id"] for row in settlements} - places)):
        world.provider(name, pooling_area="150200" if number == 0 else "320600")


def _people(world: World, draw: Draw) -> None:
    """Some die, two are not enrolled, some are elsewhere, suspended or leave, and some are enrolled twice."""
    people = [
        world.person(item, death_date=draw.day(FIRST_DAY, 60, 100) if draw.chance(0.1) else None)
        for item in PEOPLE
    ]
    for person in people[:28]:
        person.enrolled(
            pooling_area=draw.choice(["320600", "320600", "320500", "150200"]),
            status=draw.choice(["active"] * 8 + ["suspended"]),
            end_date=draw.day(FIRST_DAY, 80, DAYS) if draw.chance(0.2) else None,
            employer=draw.choice(["mill", "port", "", ""]),
        )
    for person in people[:4]:
        person.enrolled(scheme="resident")


def _providers(world: World, draw: Draw) -> None:
    """Their agreements begin and end in the period; two are suspended for some days."""
    providers = [
        world.provider(
            place,
            agreement_start=draw.day(FIRST_DAY, 0, 20),
            agreement_end=draw.day(FIRST_DAY, 90, DAYS),
            latitude=32 + number / 10,
            longitude=120.8,
        )
        for number, place in enumerate(PLACES)
    ]
    for provider in providers[:2]:
        provider.status("suspended", draw.day(FIRST_DAY, 40, 50), draw.day(FIRST_DAY, 51, 60))


def _relatives(world: World, draw: Draw) -> None:
    for _ in range(20):
        payer, beneficiary = draw.sample(PEOPLE, 2)
        relation = draw.choice(["parent", "child", "spouse", "sibling"])
        until = draw.day(FIRST_DAY, 60, DAYS) if draw.chance(0.5) else None
        world.authorization(
            payer,
            beneficiary,
            relation=relation,
            valid_from=dt.datetime.combine(draw.day(FIRST_DAY, 0, 60), dt.time(9, 30)),
            valid_to=until and dt.datetime.combine(until, dt.time(12)),
        )


def _visits(world: World, draw: Draw) -> None:
    for _ in range(250):
        _settled(world, draw, draw.choice(PEOPLE), draw.choice(PLACES), draw.moment(OPENING, DAYS))
    for day in draw.sample(range(DAYS), 5):  # the same cards one after the other
        start = OPENING + dt.timedelta(days=day, minutes=draw.randrange(300))
        for turn, item in enumerate(draw.sample(PEOPLE[:9], 8)):
            _settled(world, draw, item, PLACES[0], start + dt.timedelta(minutes=3 * turn))
    for number in range(48):  # settled and taken back, some twice in one visit
        start = draw.moment(OPENING, DAYS)
        for again in range(draw.choice([1, 2])):
            at = start + dt.timedelta(minutes=again)
            settlement = _settled(world, draw, PEOPLE[number % 12], PLACES[number % 2], at)
            settlement.reversed(at + dt.timedelta(minutes=draw.choice([1, 5, 20, 31, 50])))


def _settled(world: World, draw: Draw, person: str, place: str, at: dt.datetime) -> Settlement:
    """A purchase from the own account, or from that of anyone else."""
    if draw.chance(0.3):
        payer = draw.choice([item for item in PEOPLE if item != person])
        paid = {"account_paid": 0, "mutual_aid_paid": 8_000, "mutual_aid_payer": payer}
    else:
        paid = {"account_paid": draw.choice([8_000, 10_000, 25_000])}
    operator = draw.choice(["o1", "o2"])
    return world.settlement(
        person, place, at, **paid, total_amount=25_000, operator=operator, channel="online"
    )
