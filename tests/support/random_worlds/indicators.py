"""Random worlds with everything that indicators count: `random_life` from before a cut-over on, made richer."""

from __future__ import annotations

import datetime as dt

from support.random_worlds.contributions import add_contributions
from support.random_worlds.draw import Draw
from support.random_worlds.life import random_life
from support.random_worlds.period import Period
from support.world import World
from support.world.cells import Row

from features.calendar import day_number
from features.tables import Tables

_PERIOD = Period(dt.date(2022, 7, 1), 600)
_MONEY = ("_amount", "_paid")
_QUESTIONS = ["Who may use an account?", "What is the deductible?"]
_ITEMS = ["阑尾切除术", "Bed", "Cataract surgery", "Infusion", "CT"]


def indicator_tables(seed: int, *, persons: int = 50, months: int = 20, settlements: int = 1200) -> Tables:
    """Tables of a random world from 2022-07 on, in which every indicator has something to count."""
    draw = Draw(f"indicators {seed}")
    start = day_number(_PERIOD.first)
    world = random_life(seed=seed, persons=persons, months=months, settlements=settlements, first_day=start)
    for row in world.rows["settlements"]:
        _enrich(draw, row)
    for row in world.rows["persons"]:
        row["death_date"] = _PERIOD.day(draw.randrange(_PERIOD.days)) if draw.chance(0.1) else None
    for row in world.rows["enrolments"]:  # most are employees, so that enough are left; categories change
        row["scheme"] = draw.choices(["employee", "resident"], [85, 15])[0]
        row["person_category"] = draw.choice(["active", "retired", "flexible"])
    for row in world.rows["providers"]:
        row["pooled_outpatient_from"] = draw.unless(0.2, _PERIOD.day(draw.randrange(500)))
    for row in world.rows["family_authorizations"]:
        end = row["valid_from"] + dt.timedelta(days=draw.randrange(300))
        row["valid_to"] = draw.unless(0.5, end)
    _change_entries(world, draw)
    add_contributions(world, draw)
    _answers(world, draw, 60)
    _stays(world, draw)
    for row in world.rows["persons"]:
        programme = draw.choice(["hypertension", "dialysis"])
        since = _PERIOD.day(draw.randrange(-174, 526))
        world.add(
            "programme_registrations", person=row["person_id"], programme_code=programme, **{"from": since}
        )
    _drugs(world, draw)
    return world.tables(complete=True)


def _enrich(draw: Draw, row: Row) -> None:
    """Parts of the cost, other categories and schemes, care given before it was settled, and stays.

    Some people are dear enough to reach a cap, for some the pool never pays.
    """
    total, last = row["total_amount"], row["person_id"][-1]
    care = row["care_type"]
    service = row["settled_at"].date() - dt.timedelta(days=draw.randrange(1, 40) if draw.chance(0.2) else 0)
    if care == "inpatient":
        row["admitted_on"] = service - dt.timedelta(days=draw.randrange(9))
        row["discharged_on"] = draw.unless(0.05, service)
    unpaid = last in "79" or draw.chance(0.5)
    row |= {
        "service_date": service,
        "scheme": draw.choices(["employee", "resident"], [85, 15])[0],
        "person_category": draw.choice(["active", "retired", "flexible", "unknown"]),
        "care_type": draw.choices([care, "chronic_outpatient", "emergency"], [8, 1, 1])[0],
        "programme_code": draw.choice(["hypertension", "diabetes"]),
        "prescription_no": draw.unless(0.6, "rx"),
        "fully_self_paid": total * draw.randrange(11) // 30,
        "over_limit_self_paid": draw.unless(0.1, total * draw.randrange(11) // 60),
        "in_scope_amount": 0 if draw.chance(0.07) else total * (10 + draw.randrange(11)) // 20,
        "deductible_paid": total * draw.randrange(11) // 10,
        "pool_paid": 0 if unpaid else row["pool_paid"],
    }
    if last in "04":
        row |= {name: value * 9 for name, value in row.items() if value and name.endswith(_MONEY)}


def _change_entries(world: World, draw: Draw) -> None:
    """Balances, premiums of several kinds and transfers; some accounts spend nothing, and sleep."""
    world.rows["account_entries"] = [
        row
        for row in world.rows["account_entries"]
        if row["entry_kind"] == "monthly_credit" or row["account_id"][-1] not in "135"
    ]
    for row in world.rows["account_entries"]:
        row["balance_after"] = draw.randrange(-500, 900_000)
        if row["entry_kind"] == "premium":
            row["premium_kind"] = draw.unless(
                0.2, draw.choice(["resident", "supplementary", "long_term_care"])
            )
        if row["entry_kind"] == "interest" and draw.chance(0.1):
            row["entry_kind"] = "transfer_out"


def _answers(world: World, draw: Draw, count: int) -> None:
    for _ in range(count):
        world.add(
            "survey_answers",
            respondent_group=draw.choice(["retired", "active"]),
            district_code=draw.choice(["320601", "320602", "320603"]),
            asked_on=_PERIOD.day(draw.randrange(_PERIOD.days)),
            question=draw.choice(_QUESTIONS),
            correct=draw.choices([True, False, None], [5, 4, 1])[0],
        )


def _stays(world: World, draw: Draw) -> None:
    """Two charge lines of every stay."""
    stays = [row["settlement_id"] for row in world.rows["settlements"] if row["care_type"] == "inpatient"]
    for line, settlement in enumerate([*stays, *stays]):
        world.add("charge_lines", settlement=settlement, line_no=line, item_name=draw.choice(_ITEMS))


def _drugs(world: World, draw: Draw) -> None:
    """Drugs in bills, of two items of one substance and one without; a few people have a long prescription."""
    for item, substance in (("d1", "metformin"), ("d2", "metformin"), ("d3", None)):
        world.add("item_reference", item_code=item, substance=substance)
    for line, row in enumerate(world.rows["settlements"]):
        for number in range(draw.randrange(3)):
            world.add(
                "charge_lines",
                settlement=row["settlement_id"],
                line_no=100_000 + 10 * line + number,
                item_code=draw.choice(["d1", "d2", "d3"]),
                item_kind=draw.choices(["drug", "service"], [9, 1])[0],
                quantity=draw.choices([10_000, 0], [9, 1])[0],
                days_supply=draw.unless(0.1, 10_000 * draw.randrange(7, 90) + 5_000),
            )
    for row in world.rows["persons"][::9]:
        world.context("long_prescription", "2022-09-01", "2023-03-31", person=row["person_id"])
