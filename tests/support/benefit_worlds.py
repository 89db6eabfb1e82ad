"""Random settlements of a few people over two years, and policies of every shape."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from features.contract import TABLES
from features.policy import Policy, PolicyValue
from features.registry import Frame
from features.tables import stored_schema

EPOCH = dt.date(1970, 1, 1)
CATEGORIES = ("active", "flexible", "retired")
LEVELS = ("primary", "secondary", "tertiary")


def policy(start: dt.date, seed: int, **fixed: Any) -> Policy:
    """A policy of random shape; some values change half a year after its start."""
    draw = random.Random(seed)
    later = dt.date(start.year + 1, 3, 15)
    values = {
        "deductible_mode": draw.choice(["annual", "per_visit", "none"]),
        "pharmacy_level": draw.choice(LEVELS),
        "ungraded_level": draw.choice(LEVELS),
        "pharmacy_needs_prescription": draw.random() < 0.5,
        "first_year": draw.choice(["full", "prorated"]),
        "rounding": draw.choice(["down", "half_up"]),
        "annual_cap": draw.choice([500, 1234.56]),
        "second_layer": draw.choice([False, [{"ratio": 0.5, "cap": 300}]]),
    } | fixed
    began = PolicyValue(start, True, "flag", "drawn", "verified")
    parameters: dict[str, tuple[PolicyValue, ...]] = {"outpatient_pooling.in_force": (began,)}
    for name, value in values.items():
        parameters[f"benefit.{name}"] = (dated(start, value),)
    for name, most in (("deductible", 200), ("ratio", 1)):
        changes = (start, later) if draw.random() < 0.5 else (start,)
        parameters[f"benefit.{name}"] = tuple(dated(day, rows(draw, name, most)) for day in changes)
    return Policy("320600", {}, parameters)


def dated(start: dt.date, value: Any) -> PolicyValue:
    if isinstance(value, list):
        return PolicyValue(start, None, "", "drawn", "illustrative", tuple(value))
    return PolicyValue(start, value, "", "drawn", "illustrative")


def rows(draw: random.Random, name: str, most: int) -> list[Mapping[str, Any]]:
    segments = [0, 300, 900.5] if name == "ratio" and draw.random() < 0.6 else [0]

    def number() -> float:
        return round(draw.random() * most, 4 if name == "ratio" else 2)

    rows: list[Mapping[str, Any]] = [
        {"level": level, "value": number()} | ({"segment_from": start} if len(segments) > 1 else {})
        for level in LEVELS
        for start in segments
    ]
    return [*rows, *({**item, "person_category": "retired", "value": number()} for item in rows)]


def settlements(seed: int, start: dt.date, count: int = 400) -> list[dict[str, Any]]:
    """Rows of yuan: some reversed, a few without a name, some settled days or a year later, some at one moment.

    Much of what the fund does not pay records a deductible or a pooled payment.
    """
    draw = random.Random(seed)
    made: list[dict[str, Any]] = []
    for number in range(count):
        service = start + dt.timedelta(days=draw.randrange(-20, 500))
        late = draw.choice([0, 0, 0, 0, 1, 25])
        in_scope = Decimal(draw.randrange(0, 40000)) / 100
        row: dict[str, Any] = {
            "id": f"s{draw.randrange(10**6):06d}-{number}",
            "person": f"p{draw.randrange(6)}",
            "provider": f"m{draw.randrange(8)}",
            "at": dt.datetime.combine(service + dt.timedelta(days=late), dt.time(draw.randrange(8, 11))),
            "service": service,
            "scheme": draw.choice(["employee"] * 5 + ["resident"]),
            "category": draw.choice(CATEGORIES),
            "care": draw.choice(["outpatient", "emergency", "pharmacy", "special_outpatient", "inpatient"]),
            "prescription": draw.choice([None, "rx"]),
            "in_scope": in_scope,
            "deductible": (in_scope * draw.randrange(3) / 10).quantize(Decimal("0.01")),
            "pool": (in_scope * draw.randrange(6) / 10).quantize(Decimal("0.01")),
            "second": Decimal(draw.choice([0, 0, 0, 5])),
            "reverses": None,
        }
        made.append(row)
        if draw.random() < 0.15:
            amounts = {name: -row[name] for name in ("in_scope", "deductible", "pool", "second")}
            named = row["id"] if number % 7 else None
            after = row["at"] + dt.timedelta(days=draw.randrange(40), hours=draw.randrange(2))
            made.append({**row, **amounts, "id": f"r{number}", "at": after, "reverses": named})
    draw.shuffle(made)
    return made


def places(seed: int, start: dt.date) -> dict[str, dict[str, Any]]:
    draw = random.Random(seed)
    days = [start, start, start + dt.timedelta(days=100), None]
    return {
        f"m{number}": {
            "kind": draw.choice(["hospital", "clinic", "pharmacy"]),
            "level": draw.choice([*LEVELS, "ungraded"]),
            "pooled_from": draw.choice(days),
        }
        for number in range(8)
    }


def frames(
    made: Sequence[Mapping[str, Any]], providers: Mapping[str, Mapping[str, Any]]
) -> tuple[Frame, Frame]:
    """The same as canonical tables, money in fen."""
    return (
        table_of(
            "settlements",
            [
                {
                    "settlement_id": row["id"],
                    "person_id": row["person"],
                    "provider_id": row["provider"],
                    "settled_at": row["at"],
                    "service_day": (row["service"] - EPOCH).days,
                    "service_month": row["service"].year * 12 + row["service"].month - 1,
                    "scheme": row["scheme"],
                    "person_category": row["category"],
                    "care_type": row["care"],
                    "prescription_no": row["prescription"],
                    "total_amount": fen(row.get("total", row["in_scope"])),
                    "in_scope_amount": fen(row["in_scope"]),
                    "deductible_paid": fen(row["deductible"]),
                    "pool_paid": int(row["pool"] * 100),
                    "other_fund_paid": int(row["second"] * 100),
                    "reverses_settlement_id": row["reverses"],
                }
                for row in made
            ],
        ),
        table_of(
            "providers",
            [
                {
                    "provider_id": name,
                    "provider_kind": place["kind"],
                    "level": place["level"],
                    "pooled_outpatient_from_day": place["pooled_from"]
                    and (place["pooled_from"] - EPOCH).days,
                }
                for name, place in providers.items()
            ],
        ),
    )


def fen(yuan: Decimal | None) -> int | None:
    return None if yuan is None else int(yuan * 100)


def with_gaps(made: Sequence[Mapping[str, Any]], seed: int) -> list[dict[str, Any]]:
    """The same with a few cells left empty: a deductible, or the cost in scope."""
    draw = random.Random(seed)
    left: list[dict[str, Any]] = []
    for row in made:
        empty = {draw.choice(["deductible", "in_scope"]): None} if draw.random() < 0.03 else {}
        left.append({**row, "total": row["in_scope"], **empty})
    return left


def table_of(table: str, rows: Sequence[Mapping[str, Any]]) -> Frame:
    schema = stored_schema(TABLES[table])
    full = [{name: row.get(name) for name in schema} for row in rows]
    frame: Frame = nw.from_native(pl.DataFrame(full, schema=schema).lazy())
    return frame
