"""What happens to personal accounts: credits, payments asked for, refunds, premiums and other entries."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from data_samples.credit import CreditRules, due_credit
from data_samples.drafts import OWN, RELATIVE, Drafts, size
from data_samples.people import People
from data_samples.period import DAY, Ints, Period
from data_samples.plans import Plans

CREDIT, SETTLEMENT, AID, REFUND, PREMIUM, ADJUSTMENT, INTEREST, TRANSFER_OUT, TRANSFER_IN = range(9)
ENTRY_KINDS = (
    "monthly_credit",
    "settlement",
    "mutual_aid",
    "refund",
    "premium",
    "adjustment",
    "interest",
    "transfer_out",
    "transfer_in",
)
PREMIUM_KINDS = ("resident", "supplementary", "long_term_care", "government_commercial", "other")
LISTED = 4
"""So many of the kinds are those that accounts may pay; nobody pays another in the background."""
_CREDIT_TIME = 2 * 3600

Events = dict[str, npt.NDArray[Any]]
"""account, at, kind, certain (signed fen), wanted (fen, if there is enough), row, pays (asked by the row),
month (first day of the accrual month, -1: none), premium and beneficiary (-1: none)."""


def joined(parts: list[Events]) -> Events:
    """All events of the parts."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def credit_events(
    people: People, period: Period, credit_day: int, rules: CreditRules, plans: Plans
) -> Events:
    """What is due each month, or what scenes have planned instead."""
    owners = np.flatnonzero(people.has_account(np.arange(people.count)))
    account = np.repeat(owners, period.months)
    start = np.tile(period.month_starts, len(owners))
    day = start + credit_day - 1
    own, employer = due_credit(people, account, day, rules)
    amount = own + employer
    place = np.full(people.count, -1)
    place[owners] = np.arange(len(owners))
    for (owner, month), fen in plans.credits.items():
        amount[place[owner] * period.months + month] = fen
    posted = amount != 0
    extra = np.array(plans.extra, dtype=np.int64).reshape(-1, 4)
    months = period.month_starts[extra[:, 3]]
    return joined(
        [
            _events(
                account[posted],
                day[posted] * DAY + _CREDIT_TIME,
                CREDIT,
                certain=amount[posted],
                month=start[posted],
            ),
            _events(extra[:, 0], extra[:, 1] * DAY + _CREDIT_TIME, CREDIT, certain=extra[:, 2], month=months),
        ]
    )


def payment_events(drafts: Drafts, personal: Ints, people: People, written_off: tuple[Ints, Ints]) -> Events:
    """What settlements ask of accounts; `written_off`: rows whose entry has another amount.

    A settlement of an owner that asks another purse is an event of nothing: it tells the balance.
    """
    purse, rows = drafts.purse, np.arange(size(drafts))
    aided = rows[purse == RELATIVE]
    owners = rows[people.has_account(drafts.person)]
    account = np.r_[drafts.person[owners], drafts.payer[aided]]
    row = np.r_[owners, aided]
    pays = np.r_[purse[owners] == OWN, np.ones(len(aided), dtype=bool)]
    kind = np.r_[np.full(len(owners), SETTLEMENT), np.full(len(aided), AID)]
    requested = np.where(pays, personal[row], 0)
    must = drafts.must.copy()
    must[written_off[0]] = True
    posted = personal.copy()
    posted[written_off[0]] = written_off[1]
    certain = np.where(must[row] & pays, -posted[row], 0)
    wanted = np.where(must[row], 0, requested)
    return _events(account, drafts.at[row], kind, certain=certain, wanted=wanted, row=row, pays=pays)


def refund_events(drafts: Drafts, personal: Ints) -> Events:
    """What was paid comes back; such payments are certain, so the amount is known."""
    rows = np.flatnonzero((drafts.reversed_at >= 0) & (drafts.purse <= RELATIVE))
    account = np.where(drafts.purse[rows] == OWN, drafts.person[rows], drafts.payer[rows])
    return _events(account, drafts.reversed_at[rows], REFUND, certain=personal[rows], row=rows)


def posting_events(postings: npt.ArrayLike) -> Events:
    """Other entries: rows as `Posting` says."""
    rows = np.array(postings, dtype=np.int64).reshape(-1, 6)
    owner, at, kind, fen, premium, beneficiary = rows.T
    return _events(owner, at, kind, certain=fen, premium=premium, beneficiary=beneficiary)


def _events(
    account: Ints,
    at: npt.ArrayLike,
    kind: npt.ArrayLike,
    *,
    certain: npt.ArrayLike = 0,
    wanted: npt.ArrayLike = 0,
    row: npt.ArrayLike = -1,
    pays: npt.ArrayLike = False,
    month: npt.ArrayLike = -1,
    premium: npt.ArrayLike = -1,
    beneficiary: npt.ArrayLike = -1,
) -> Events:
    count = len(account)
    given = {
        "account": account,
        "at": at,
        "kind": kind,
        "certain": certain,
        "wanted": wanted,
        "row": row,
        "month": month,
        "premium": premium,
        "beneficiary": beneficiary,
    }
    columns: Events = {name: np.broadcast_to(value, count).astype(np.int64) for name, value in given.items()}
    return columns | {"pays": np.broadcast_to(pays, count).astype(bool)}
