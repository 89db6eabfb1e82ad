"""Random rows of what people and providers do on purpose.

Prescriptions split, accounts emptied, the cap reached in a rush, data sent late or incomplete.
"""

from __future__ import annotations

import datetime as dt
from random import Random

Row = dict[str, str]
_FIRST = dt.datetime(2023, 6, 1, 8)
_DAYS = 180


def conduct(seed: int) -> dict[str, str]:
    """Text tables by name; people and places of their own."""
    draw = Random(f"conduct {seed}")
    credits_, emptied = _emptied(draw)
    rows = [*_split(draw), *_defective(draw), *emptied, *_near_the_cap(draw)]
    numbered = [{"settlement": f"c{number}"} | row for number, row in enumerate(rows)]
    return {"settlements": text_table(numbered), "account_entries": text_table(credits_)}


def text_table(rows: list[Row]) -> str:
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
        person, at = f"patient{draw.randrange(9)}", _time(draw)
        middle = draw.choice([9_000, 20_000, 28_000])
        spread = draw.choice([200, 1_500, 9_000])
        for part in range(draw.randrange(2, 6)):
            fen = middle + draw.randrange(-spread, spread)
            later, doctor = at + dt.timedelta(minutes=part), draw.choice(["wang"] * 8 + ["li"])
            rows.append(_settled(person, "clinic1", later, fen, "outpatient", prescriber=doctor))
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


def _emptied(draw: Random) -> tuple[list[Row], list[Row]]:
    """Accounts credited every month, and what they pay: all of it, parts, round amounts, a burst."""
    entries, rows = [], []
    for number in range(8):
        owner, savings = f"owner{number}", draw.choice([0, 0, 50_000])
        for month in range(1, 7):
            day = dt.datetime(2023, month, 8)
            entry = {"account": owner, "posted_at": f"{day:%Y-%m-%d %H:%M}", "entry_kind": "monthly_credit"}
            entries.append(entry | {"amount": "120.00", "balance_after": f"{savings / 100 + 120:.2f}"})
            fen = draw.choice([12_000, 12_000, 12_000, 11_950, 10_000, 9_000, 6_043])
            at = day + dt.timedelta(days=draw.choice([0, 0, 1, 2, 3, 9]), hours=9)
            rows.append(_bought(draw, owner, at, fen, savings + 12_000 - fen))
        start = dt.datetime(2023, draw.randrange(1, 7), 14, 9)
        for turn in range(draw.choice([0, 4, 7, 9])):
            at = start + dt.timedelta(days=turn * draw.choice([1, 1, 2]) // 2)
            rows.append(_bought(draw, owner, at, draw.choice([10_000, 40_000]), 90_000 - turn * 10_000))
    others = [_bought(draw, f"guest{number}", _time(draw), 3_333, 8_000) for number in range(60)]
    return entries, [*rows, *others]


def _bought(draw: Random, owner: str, at: dt.datetime, fen: int, left: int) -> Row:
    counter = {
        "operator": "o1" if owner.startswith("owner") and draw.random() < 0.9 else f"o{draw.randrange(1, 9)}"
    }
    paid = {"account_paid": f"{fen / 100:.2f}", "account_balance_after": f"{left / 100:.2f}"}
    return _settled(owner, f"pharmacy{int(owner[-1]) % 3}", at, fen, "pharmacy") | paid | counter


def _near_the_cap(draw: Random) -> list[Row]:
    """People who use the fund a little all year, and some of them very much in its last weeks."""
    rows = []
    for number in range(10):
        usual = draw.choice([20_000, 40_000, 100_000])
        for month in range(1, 13):
            at = dt.datetime(2023, month, draw.randrange(1, 29), 9)
            rows.append(_funded(f"patient{number}", at, usual))
        last = draw.choice([0, 250_000, 300_000])
        rows += [
            _funded(f"patient{number}", dt.datetime(2023, 12, 1 + 7 * week, 9), last or usual)
            for week in range(4)
        ]
    return rows


def _funded(person: str, at: dt.datetime, fen: int) -> Row:
    return _settled(person, "clinic2", at, fen, "outpatient") | {"pool_paid": f"{fen / 100:.2f}"}


def _time(draw: Random) -> dt.datetime:
    return _FIRST + dt.timedelta(days=draw.randrange(_DAYS), minutes=draw.randrange(600))
