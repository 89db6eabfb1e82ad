"""Small random worlds in which every rule has something to find, drawn with a seed."""

from __future__ import annotations

import datetime as dt
from random import Random

import narwhals.stable.v2 as nw
import polars as pl
from support.cases import tables_of
from support.worlds_of_conduct import conduct
from support.worlds_of_ledgers import ledgers
from support.worlds_of_prices import prices

from features.tables import Tables

_FIRST = dt.datetime(2023, 6, 1, 8)
_DAYS = 120
_PEOPLE = [f"person{number:02d}" for number in range(30)]
_PLACES = [f"place{number}" for number in range(4)]
_FUNDED = {
    "scheme": "employee",
    "care_type": "pharmacy",
    "pool_paid": "0.00",
    "channel": "online",
    "encounter": "",
    "service_date": "",
    "admitted_on": "",
    "discharged_on": "",
}
"""Columns of what a fund paid, and what they are in settlements that accounts paid."""


def random_world(seed: int) -> Tables:
    """Thirty people, four providers, four months: visits, loops, batches, relatives, gaps and deaths."""
    draw = Random(seed)
    base = tables_of(
        {
            "persons": _persons(draw),
            "enrolments": _enrolments(draw),
            "providers": _table(
                ["provider", "agreement_start", "agreement_end", "latitude", "longitude"],
                [
                    [place, _day(draw, 0, 20), _day(draw, 90, _DAYS), f"{32 + number / 10}", "120.8"]
                    for number, place in enumerate(_PLACES)
                ],
            ),
            "provider_status": _table(
                ["provider", "status", "from", "to"],
                [[place, "suspended", _day(draw, 40, 50), _day(draw, 51, 60)] for place in _PLACES[:2]],
            ),
            "family_authorizations": _authorizations(draw),
            "settlements": _settlements(draw),
            "registered_contexts": _table(
                ["context", "kind", "provider", "from", "to"],
                [["c1", "clinic_day", _PLACES[3], _day(draw, 10, 11), _day(draw, 20, 30)]],
            ),
        }
    )
    joined = base
    for more in (conduct, prices, ledgers):
        joined = _joined(joined, tables_of(more(seed)))
    return joined


def _joined(first: Tables, other: Tables) -> Tables:
    """The rows of both worlds."""
    rows = {
        name: [of.frames[name].to_native() for of in (first, other) if name in of.frames]
        for name in (*first.frames, *other.frames)
    }
    return Tables(
        {name: nw.from_native(pl.concat(parts)) for name, parts in rows.items()},
        {name: first.columns.get(name, frozenset()) | other.columns.get(name, frozenset()) for name in rows},
    )


def _persons(draw: Random) -> str:
    rows = [[item, _day(draw, 60, 100) if draw.random() < 0.1 else ""] for item in _PEOPLE]
    return _table(["person", "death_date"], rows)


def _enrolments(draw: Random) -> str:
    rows = []
    for item in _PEOPLE[:28]:
        area = draw.choice(["320600", "320600", "320500", "150200"])
        status = draw.choice(["active"] * 8 + ["suspended"])
        until = _day(draw, 80, _DAYS) if draw.random() < 0.2 else ""
        rows.append([item, status, area, draw.choice(["mill", "port", "", ""]), "2020-01-01", until])
    header = ["person", "status", "pooling_area", "employer", "start_date", "end_date", "scheme"]
    both = [[item, "active", "320600", "", "2020-01-01", "", "resident"] for item in _PEOPLE[:4]]
    return _table(header, [[*row, "employee"] for row in rows] + both)


def _authorizations(draw: Random) -> str:
    rows = []
    for _ in range(20):
        payer, beneficiary = draw.sample(_PEOPLE, 2)
        relation = draw.choice(["parent", "child", "spouse", "sibling"])
        until = f"{_day(draw, 60, _DAYS)} 12:00" if draw.random() < 0.5 else ""
        rows.append([payer, beneficiary, relation, f"{_day(draw, 0, 60)} 09:30", until])
    return _table(["payer", "beneficiary", "relation", "valid_from", "valid_to"], rows)


def _settlements(draw: Random) -> str:
    rows: list[list[str]] = []
    for _ in range(250):
        _settle(rows, draw, draw.choice(_PEOPLE), draw.choice(_PLACES), _time(draw))
    for day in draw.sample(range(_DAYS), 5):  # the same cards one after the other
        start = _FIRST + dt.timedelta(days=day, minutes=draw.randrange(300))
        for turn, item in enumerate(draw.sample(_PEOPLE[:9], 8)):
            _settle(rows, draw, item, _PLACES[0], start + dt.timedelta(minutes=3 * turn))
    for number in range(48):  # settled and taken back, some twice in one visit
        first, place, start = _PEOPLE[number % 12], _PLACES[number % 2], _time(draw)
        for again in range(draw.choice([1, 2])):
            at = start + dt.timedelta(minutes=again)
            _settle(rows, draw, first, place, at)
            _take_back(rows, at + dt.timedelta(minutes=draw.choice([1, 5, 20, 31, 50])))
    header = ["settlement", "person", "provider", "settled_at", "account_paid", "mutual_aid_paid"]
    header += ["mutual_aid_payer", "total_amount", "operator", "reverses_settlement"]
    more = _funded(Random(draw.random()), header)
    return _table([*header, *_FUNDED], [[*row, *_FUNDED.values()] for row in rows] + more)


def _funded(draw: Random, header: list[str]) -> list[list[str]]:
    """What the pooled fund paid: chronic care, both schemes, a bill twice, stays, days before it paid such care."""
    rows = []
    for number in range(80):
        first, at, visit = draw.choice(_PEOPLE), _time(draw), f"v{number}"
        own = {"person": first, "provider": draw.choice(_PLACES), "encounter": visit, "pool_paid": "60.00"}
        own["scheme"] = draw.choice(["employee", "employee", "resident"])
        care = draw.choice(["outpatient", "chronic_outpatient", "special_outpatient"])
        rows.append(own | {"settled_at": f"{at:%Y-%m-%d %H:%M}", "care_type": care})
        if draw.random() < 0.3:  # the same bill again
            again = {"settled_at": f"{at + dt.timedelta(days=9):%Y-%m-%d %H:%M}", "channel": "manual"}
            rows.append(rows[-1] | again | {"service_date": f"{at:%Y-%m-%d}"})
        soon = at + dt.timedelta(minutes=draw.choice([0, 1, 3, 9, 20]))
        other = {"provider": draw.choice(_PLACES), "settled_at": f"{soon:%Y-%m-%d %H:%M}", "encounter": ""}
        rows.append(own | other | {"care_type": "outpatient"})
        if number % 8 == 0:  # a stay around it
            days = {"admitted_on": at - dt.timedelta(days=3), "discharged_on": at + dt.timedelta(days=6)}
            stay = {name: f"{day:%Y-%m-%d}" for name, day in days.items()}
            settled = f"{days['discharged_on']:%Y-%m-%d %H:%M}"
            rows.append(own | stay | {"care_type": "inpatient", "settled_at": settled, "encounter": ""})
    for number, item in enumerate(_PEOPLE[:8]):  # of a day on which the pool did not pay such care yet
        early = {"person": item, "provider": _PLACES[number % 2], "care_type": "outpatient"}
        early |= {"service_date": "2022-12-30", "settled_at": f"2023-06-0{number + 1} 10:00"}
        rows.append(early | {"pool_paid": "60.00", "encounter": f"early{number}"})
    plain = dict.fromkeys(header, "") | _FUNDED | {"account_paid": "0.00", "total_amount": "250.00"}
    numbered = ({"settlement": f"f{number}"} | row for number, row in enumerate(rows))
    return [list((plain | row).values()) for row in numbered]


def _settle(rows: list[list[str]], draw: Random, person: str, place: str, at: dt.datetime) -> None:
    aid = draw.random() < 0.3
    payer = draw.choice([item for item in _PEOPLE if item != person]) if aid else ""
    amounts = ["0.00", "80.00"] if aid else [f"{draw.choice([80, 100, 250])}.00", ""]
    operator = draw.choice(["o1", "o2"])
    rows.append(
        [f"s{len(rows)}", person, place, f"{at:%Y-%m-%d %H:%M}", *amounts, payer, "250.00", operator, ""]
    )


def _take_back(rows: list[list[str]], at: dt.datetime) -> None:
    settled, person, place, _, own, aid, payer, _, operator, _ = rows[-1]
    aid = f"-{aid}" if aid else ""
    back = [f"s{len(rows)}", person, place, f"{at:%Y-%m-%d %H:%M}", f"-{own}", aid, payer]
    rows.append([*back, "-250.00", operator, settled])


def _time(draw: Random) -> dt.datetime:
    return _FIRST + dt.timedelta(days=draw.randrange(_DAYS), minutes=draw.randrange(600))


def _day(draw: Random, first: int, last: int) -> str:
    return f"{_FIRST + dt.timedelta(days=draw.randrange(first, last)):%Y-%m-%d}"


def _table(header: list[str], rows: list[list[str]]) -> str:
    return "\n".join(" | ".join(row) for row in [header, *rows])
