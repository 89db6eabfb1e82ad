"""Random ledgers: credits right and wrong, payments posted and not, premiums, and what accounts may not pay for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from support.random_worlds.draw import Draw
from support.world import Person, World

_MONTHS = [(2023 + place // 12, place % 12 + 1) for place in range(15)]
_OPENING = dt.datetime(2023, 3, 1, 8)
_DAYS = 300


@dataclass
class _Ledger:
    """Entries of an account in any order; `post` puts them in order."""

    world: World
    draw: Draw
    account: str
    entries: list[tuple[dt.datetime, str, int, dict[str, Any]]] = field(default_factory=list)

    def enter(self, at: dt.datetime, kind: str, fen: int, **cells: Any) -> None:
        self.entries.append((at, kind, fen, cells))

    def post(self) -> None:
        """Post the entries, each with a balance that is mostly right."""
        balance = self.draw.choice([0, 500_000])
        for at, kind, fen, cells in sorted(self.entries, key=lambda entry: entry[0]):
            balance += fen + self.draw.choice([0] * 30 + [100, -250])
            self.world.entry(self.account, at, kind, fen, balance_after=balance, **cells)


def add_ledgers(world: World, seed: int) -> None:
    """Add people of their own, who buy at places that others know too."""
    draw = Draw(f"ledgers {seed}")
    for number in range(12):
        employer = "mill" if number < 6 else "port" if number < 9 else ""
        ledger = _Ledger(world, draw, f"holder{number:02d}")
        person = world.person(ledger.account).enrolled(employer=employer)
        _working(person, ledger)
        _common(ledger)
    for number in range(6):
        ledger = _Ledger(world, draw, f"pensioner{number}")
        world.person(ledger.account).enrolled(person_category="retired")
        _retired(ledger)
        _common(ledger)
    world.authorization("holder00", "child", relation="child")


def _common(ledger: _Ledger) -> None:
    _purchases(ledger)
    insured = ledger.draw.choice(["child", "neighbor", "holder03", "pensioner1"])
    at = ledger.draw.moment(_OPENING, _DAYS)
    ledger.enter(at, "premium", -38_000, premium_kind="resident", beneficiary=insured)
    ledger.post()


def _working(person: Person, ledger: _Ledger) -> None:
    """Contributions of every month, and credits that follow from them or do not."""
    base = ledger.draw.randrange(4_000, 9_000) * 100
    for year, month in _MONTHS:
        due, name = base // 50, f"{year}-{month:02d}"
        person.contributed(
            name,
            contribution_base=base,
            person_into_account=due,
            employer_into_account=ledger.draw.choice([0] * 9 + [4_800]),
            paid_on=f"{name}-05",
        )
        amounts = ledger.draw.choice([[due]] * 12 + [[due * 5 // 4], [due - 7], [due, due], [], [3 * due]])
        for place, fen in enumerate(amounts):
            at = dt.datetime(year, month, 8 + 3 * place, 2)
            ledger.enter(at, "monthly_credit", fen, accrual_month=name)


def _retired(ledger: _Ledger) -> None:
    """Credits of one amount, later of another, some months of neither."""
    own = ledger.draw.choice([8_800, 9_100])
    for year, month in _MONTHS:
        usual = own if year == 2023 else 8_500
        fen = ledger.draw.choice([usual] * 9 + [usual - 500, usual * 2])
        at = dt.datetime(year, month, 8, 3)
        ledger.enter(at, "monthly_credit", fen, accrual_month=f"{year}-{month:02d}")


def _purchases(ledger: _Ledger) -> None:
    """Purchases of what an account may pay for or not, most of them posted as they were paid."""
    draw = ledger.draw
    for _ in range(12):
        at, fen = draw.moment(_OPENING, _DAYS), draw.randrange(20, 200) * 100
        place, kind = draw.choice(["place0", "place1"]), draw.choice(["drug", "drug", "device", "wellness"])
        settlement = ledger.world.settlement(ledger.account, place, at, total_amount=fen, account_paid=fen)
        settlement.charged(line_no=1, item_kind=kind, quantity="1", unit_price="1", amount=fen)
        posted = draw.choice([fen] * 9 + [0, fen - 1_000])
        if posted:
            of = draw.choice([settlement.row["settlement_id"]] * 9 + ["nowhere"])
            ledger.enter(at, "settlement", -posted, settlement=of)
