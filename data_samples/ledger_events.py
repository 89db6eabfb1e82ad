"""What happens to personal accounts: monthly credits, payments asked for, and refunds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from data_samples.drafts import OWN, RELATIVE, Drafts, size
from data_samples.people import RESIDENT, People
from data_samples.period import DAY, Ints, Period

CREDIT, SETTLEMENT, AID, REFUND = range(4)
_FEN = 100
_CREDIT_TIME = 2 * 3600

Events = dict[str, npt.NDArray[Any]]
"""account, at, kind, certain (signed fen), wanted (fen, if there is enough), row, pays (asked by the row)."""


def account_events(
    drafts: Drafts,
    personal: Ints,
    people: People,
    period: Period,
    sizes: Mapping[str, Any],
    area: Mapping[str, Any],
) -> Events:
    """All events of all accounts, in no order.

    A settlement of an owner that asks another purse is an event of nothing: it tells the balance.
    """
    parts = [
        _credits(people, period, sizes, area),
        _payments(drafts, personal, people),
        _refunds(drafts, personal),
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _credits(people: People, period: Period, sizes: Mapping[str, Any], area: Mapping[str, Any]) -> Events:
    owners = np.flatnonzero(people.has_account(np.arange(people.count)))
    account = np.repeat(owners, period.months)
    day = np.tile(period.month_starts + area["credit_day"] - 1, len(owners))
    amount = monthly_credit(people, account, day, sizes)
    due = amount > 0
    at = day[due] * DAY + _CREDIT_TIME
    return _events(account[due], at, CREDIT, amount[due], 0, np.full(int(due.sum()), -1), False)


def _payments(drafts: Drafts, personal: Ints, people: People) -> Events:
    purse, rows = drafts["purse"], np.arange(size(drafts))
    aided = rows[purse == RELATIVE]
    owners = rows[people.has_account(drafts["person"])]
    account = np.r_[drafts["person"][owners], drafts["payer"][aided]]
    row = np.r_[owners, aided]
    pays = np.r_[purse[owners] == OWN, np.ones(len(aided), dtype=bool)]
    kind = np.r_[np.full(len(owners), SETTLEMENT), np.full(len(aided), AID)]
    asked = np.where(pays, personal[row], 0)
    must = drafts["must"][row]
    certain, wanted = np.where(must, -asked, 0), np.where(must, 0, asked)
    return _events(account, drafts["at"][row], kind, certain, wanted, row, pays)


def _refunds(drafts: Drafts, personal: Ints) -> Events:
    """What was paid comes back; such payments are certain, so the amount is known."""
    rows = np.flatnonzero((drafts["reversed_at"] >= 0) & (drafts["purse"] <= RELATIVE))
    account = np.where(drafts["purse"][rows] == OWN, drafts["person"][rows], drafts["payer"][rows])
    return _events(account, drafts["reversed_at"][rows], REFUND, personal[rows], 0, rows, False)


def _events(account: Any, at: Any, kind: Any, certain: Any, wanted: Any, row: Any, pays: Any) -> Events:
    count = len(account)
    given = {"account": account, "at": at, "kind": kind, "certain": certain, "wanted": wanted, "row": row}
    columns: Events = {name: np.broadcast_to(value, count).astype(np.int64) for name, value in given.items()}
    return columns | {"pays": np.broadcast_to(pays, count).astype(bool)}


def monthly_credit(people: People, person: Ints, day: Ints, sizes: Mapping[str, Any]) -> Ints:
    """Fen credited to each person's account on a credit day; nothing without enrolment or account."""
    accounts = sizes["accounts"]
    category = people.category_on(person, day)
    own = people.base[person] * round(accounts["credit_share"] * 1000) // 1000
    credit = np.where(category == 2, round(accounts["retired_credit"] * _FEN), own)
    entitled = people.covered(person, day) & (category != RESIDENT) & people.has_account(person)
    return np.where(entitled, credit, 0)
