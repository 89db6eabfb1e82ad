"""Random rows of what people and providers do on purpose: prescriptions split, data sent late or incomplete."""

from __future__ import annotations

import datetime as dt
from random import Random

Row = dict[str, str]
_FIRST = dt.datetime(2023, 6, 1, 8)
_DAYS = 180


def conduct(seed: int) -> dict[str, str]:
    """Text tables by name; people and places of their own."""
    draw = Random(f"conduct {seed}")
    settlements = [*_split(draw), *_defective(draw)]
    numbered = [{"settlement": f"c{number}"} | row for number, row in enumerate(settlements)]
    return {"settlements": drawn(numbered)}


def drawn(rows: list[Row]) -> str:
    """A text table of rows that name what they have; what they lack is empty."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    cells = [header, *([row.get(name, "") for name in header] for row in rows)]
    return "\n".join(" | ".join(row) for row in cells)


def _settled(person: str, place: str, at: dt.datetime, fen: int, care: str, **more: str) -> Row:
    return {
        "person": person,
        "provider": place,
        "settled_at": f"{at:%Y-%m-%d %H:%M}",
        "total_amount": f"{fen / 100:.2f}",
        "care_type": care,
        "diagnosis_code": "I10.0",
        "operator": "o1",
        "prescriber": "zhao",
    } | more


def _split(draw: Random) -> list[Row]:
    """Visits in two to five parts, some just below a limit, some all for one amount, some neither."""
    rows = []
    for _ in range(40):
        one, at = f"patient{draw.randrange(9)}", _time(draw)
        middle = draw.choice([9_000, 20_000, 28_000])
        spread = draw.choice([200, 1_500, 9_000])
        for part in range(draw.randrange(2, 6)):
            fen = middle + draw.randrange(-spread, spread)
            later, doctor = at + dt.timedelta(minutes=part), draw.choice(["wang"] * 8 + ["li"])
            rows.append(_settled(one, "clinic1", later, fen, "outpatient", prescriber=doctor))
    return rows


def _defective(draw: Random) -> list[Row]:
    """Half of the rows of two hospitals have a defect: late, a field blank, a sum or a day that cannot be true."""
    rows = []
    for number in range(240):
        at = _time(draw)
        row = _settled(f"guest{number}", f"hospital{number % 2}", at, 10_000, "outpatient")
        row |= {"fully_self_paid": "0.00", "over_limit_self_paid": "0.00", "pre_self_paid": "0.00"}
        row |= {"in_scope_amount": "100.00", "pool_paid": "60.00", "cash_paid": "40.00"}
        row |= {"other_fund_paid": "0.00", "mutual_aid_paid": "0.00", "provider_borne": "0.00"}
        row["service_date"] = f"{at - dt.timedelta(days=draw.choice([0, 0, 0, 2, 4, 5, 9])):%Y-%m-%d}"
        row |= draw.choice([{}, {}, *_defects(draw, at)])
        rows.append(row)
    return rows


def _defects(draw: Random, at: dt.datetime) -> list[Row]:
    tomorrow = f"{at + dt.timedelta(days=1):%Y-%m-%d}"
    return [
        {"diagnosis_code": ""},
        {"prescriber": ""},
        {"operator": ""},
        {"in_scope_amount": f"{draw.choice([99, 97, 40])}.94"},
        {"cash_paid": draw.choice(["39.96", "39.90", "25.00"])},
        {"prescribed_at": f"{tomorrow} 08:00"},
        {"admitted_on": tomorrow, "discharged_on": f"{at:%Y-%m-%d}"},
    ]


def _time(draw: Random) -> dt.datetime:
    return _FIRST + dt.timedelta(days=draw.randrange(_DAYS), minutes=draw.randrange(600))
