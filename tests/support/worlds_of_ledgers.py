"""Random ledgers: credits right and wrong, payments posted and not, premiums, and what accounts may not pay for."""

from __future__ import annotations

import datetime as dt
from random import Random

from support.worlds_of_conduct import Row, text_table

_MONTHS = [(2023 + place // 12, place % 12 + 1) for place in range(15)]
_WORKING = {
    f"holder{number:02d}": ("mill" if number < 6 else "port" if number < 9 else "") for number in range(12)
}
_RETIRED = [f"pensioner{number}" for number in range(6)]


def ledgers(seed: int) -> dict[str, str]:
    """Text tables by name; people of their own, who buy at places that others know too."""
    draw = Random(f"ledgers {seed}")
    enrolled: list[Row] = [{"person": item, "employer": at} for item, at in _WORKING.items()]
    enrolled += [{"person": item, "person_category": "retired"} for item in _RETIRED]
    paid: list[Row] = []
    entries: list[Row] = []
    settled: list[Row] = []
    charges: list[Row] = []
    for item in [*_WORKING, *_RETIRED]:
        own = [*(_worked(draw, item, paid) if item in _WORKING else _pensioned(draw, item))]
        own += _bought(draw, item, settled, charges) + _premiums(draw, item)
        entries += _posted(draw, item, own)
    numbered = [{"entry": f"e{number}"} | row for number, row in enumerate(entries)]
    return {
        "persons": text_table([{"person": row["person"]} for row in enrolled]),
        "enrolments": text_table(enrolled),
        "contributions": text_table(paid),
        "account_entries": text_table(numbered),
        "settlements": text_table(settled),
        "charge_lines": text_table(charges),
        "family_authorizations": text_table(
            [{"payer": "holder00", "beneficiary": "child", "relation": "child"}]
        ),
    }


def _worked(draw: Random, person: str, paid: list[Row]) -> list[Row]:
    base = draw.randrange(4_000, 9_000) * 100
    rows = []
    for year, month in _MONTHS:
        due, name = base // 50, f"{year}-{month:02d}"
        part = draw.choice([0] * 9 + [4_800])
        paid.append(
            {
                "person": person,
                "accrual_month": name,
                "contribution_base": f"{base / 100:.2f}",
                "person_into_account": f"{due / 100:.2f}",
                "employer_into_account": f"{part / 100:.2f}",
                "paid_on": f"{name}-05",
            }
        )
        amounts = draw.choice([[due]] * 12 + [[due * 5 // 4], [due - 7], [due, due], [], [3 * due]])
        for place, fen in enumerate(amounts):
            rows.append(_entry(dt.datetime(year, month, 8 + 3 * place, 2), "monthly_credit", fen, name))
    return rows


def _pensioned(draw: Random, person: str) -> list[Row]:
    own = draw.choice([8_800, 9_100])
    rows = []
    for year, month in _MONTHS:
        usual = own if year == 2023 else 8_500
        fen = draw.choice([usual] * 9 + [usual - 500, usual * 2])
        rows.append(_entry(dt.datetime(year, month, 8, 3), "monthly_credit", fen, f"{year}-{month:02d}"))
    return rows


def _bought(draw: Random, person: str, settled: list[Row], charges: list[Row]) -> list[Row]:
    rows = []
    for _ in range(12):
        at, fen, name = _time(draw), draw.randrange(20, 200) * 100, f"l{len(settled)}"
        money = {"total_amount": f"{fen / 100:.2f}", "account_paid": f"{fen / 100:.2f}"}
        when = {"settled_at": f"{at:%Y-%m-%d %H:%M}", "provider": draw.choice(["place0", "place1"])}
        settled.append({"settlement": name, "person": person} | when | money)
        kind = draw.choice(["drug", "drug", "device", "wellness"])
        line = {"settlement": name, "line_no": "1", "item_kind": kind, "quantity": "1", "unit_price": "1"}
        charges.append(line | {"amount": money["total_amount"]})
        posted = draw.choice([fen] * 9 + [0, fen - 1_000])
        if posted:
            of = draw.choice([name] * 9 + ["nowhere"])
            rows.append(_entry(at, "settlement", -posted) | {"settlement": of})
    return rows


def _premiums(draw: Random, person: str) -> list[Row]:
    insured = draw.choice(["child", "neighbour", "holder03", "pensioner1"])
    premium = {"premium_kind": "resident", "beneficiary": insured}
    return [_entry(_time(draw), "premium", -38_000) | premium]


def _posted(draw: Random, person: str, rows: list[Row]) -> list[Row]:
    """The entries in order, each with the account and a balance that is mostly right."""
    balance, posted = draw.choice([0, 500_000]), []
    for row in sorted(rows, key=lambda row: row["posted_at"]):
        balance += round(float(row["amount"]) * 100) + draw.choice([0] * 30 + [100, -250])
        posted.append({"account": person} | row | {"balance_after": f"{balance / 100:.2f}"})
    return posted


def _entry(at: dt.datetime, kind: str, fen: int, month: str = "") -> Row:
    amount = f"{fen / 100:.2f}"
    return {"posted_at": f"{at:%Y-%m-%d %H:%M}", "entry_kind": kind, "amount": amount, "accrual_month": month}


def _time(draw: Random) -> dt.datetime:
    """A minute of its own: two entries of one minute would be told apart by their ids alone."""
    return dt.datetime(2023, 3, 1, 8) + dt.timedelta(days=draw.randrange(300), minutes=draw.randrange(600))
