"""Personal accounts: credits, debits and refunds in order of time, never below nothing.

Every settlement asks one account, the patient's or a relative's, for what the pooled fund left over. Some
payments are certain (`must`: what a scene planted, what is refunded later; premiums); an account that could not
bear them gets a higher opening balance. All others take what is free at the time, and cash pays the rest. Both are
computed for all accounts at once: what an ordinary payment may take is limited by a bound that only rises, so
that the spent amount is a running minimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data_samples.drafts import CASH, Drafts, size
from data_samples.grouped import future_min, running_min, running_sum, starts
from data_samples.ledger_events import AID, INTEREST, REFUND, SETTLEMENT, Events, joined, posting_events
from data_samples.magnitudes import Magnitudes
from data_samples.people import People
from data_samples.period import DAY, Ints, Period

_LAST_MINUTE = 23 * 3600 + 59 * 60
_WHOLE = 10_000
_ROUNDS = 4
"""Interest depends on the balance, and the balance on what is known to come: a few rounds agree within a fen."""


@dataclass(frozen=True)
class Ledger:
    """Entries in the order of account and time, and what they mean for the drafts.

    Attributes:
        account, at, kind, amount, balance: the entries (seconds; fen; kinds index `ENTRY_KINDS`).
        row: draft that the entry belongs to (-1: none).
        month: first day of the accrual month (-1: none).
        premium, beneficiary: kind of the premium, and for whom the account paid (-1: none).
        paid: fen paid by the asked account, by draft.
        own_balance, own_balance_reversed: the patient's balance after the draft and after its reversal
            (-1: the patient has no account, or it is not the account that was asked).
    """

    account: Ints
    at: Ints
    kind: Ints
    amount: Ints
    balance: Ints
    row: Ints
    month: Ints
    premium: Ints
    beneficiary: Ints
    paid: Ints
    own_balance: Ints
    own_balance_reversed: Ints


@dataclass(frozen=True)
class Otherwise:
    """Where the ledger says something else than what happened.

    Attributes:
        written_off: rows of settlements, and the fen that the ledger says instead.
        breaks: (owner, day, fen): stored balances are off from the first entry on or after the day on.
    """

    written_off: tuple[Ints, Ints]
    breaks: Sequence[tuple[int, int, int]]


def keep_ledger(
    drafts: Drafts,
    personal: Ints,
    people: People,
    period: Period,
    sizes: Magnitudes,
    events: list[Events],
    otherwise: Otherwise,
) -> Ledger:
    """The ledger of all accounts.

    Args:
        drafts: all settlements.
        personal: fen that the pooled fund leaves over, by draft.
        people: the owners.
        period: the months of the city.
        sizes: `magnitudes.toml`.
        events: everything that happens to accounts, but for interest.
        otherwise: what the ledger says wrong.
    """
    every = _sorted(joined([*events, _moments_of_interest(people, period)]))
    bears = (every["kind"] == INTEREST) & (every["certain"] == 0)
    rate = round(sizes["accounts"]["interest"] * _WHOLE)
    for _ in range(_ROUNDS):
        amount, balance = _balances(every, people)
        interest_base = balance - amount
        every["certain"][bears] = interest_base[bears] * rate // _WHOLE
    amount, balance = _balances(every, people)
    account, row, kind, at = every["account"], every["row"], every["kind"], every["at"]
    for owner, day, fen in otherwise.breaks:
        first, last = np.searchsorted(account, [owner, owner + 1])
        balance[first:last] += np.where(at[first:last] >= day * DAY, fen, 0)
    paid, own, own_reversed = (np.zeros(size(drafts), dtype=np.int64) + fill for fill in (0, -1, -1))
    debit = (kind == SETTLEMENT) | (kind == AID)
    paid[row[every["pays"]]] = -amount[every["pays"]]
    wrong = otherwise.written_off[0]
    paid[wrong] = np.where(drafts.purse[wrong] == CASH, 0, personal[wrong])
    patients = debit & (account == drafts.person[row])
    own[row[patients]] = balance[patients]
    back = (kind == REFUND) & (account == drafts.person[row])
    own_reversed[row[back]] = balance[back]
    posted = amount != 0
    kept = {name: every[name][posted] for name in ("account", "at", "kind", "row", "month", "premium")}
    return Ledger(
        **kept,
        beneficiary=every["beneficiary"][posted],
        amount=amount[posted],
        balance=balance[posted],
        paid=paid,
        own_balance=own,
        own_balance_reversed=own_reversed,
    )


def _balances(events: Events, people: People) -> tuple[Ints, Ints]:
    """Amount and balance of every event; the events are sorted."""
    account = events["account"]
    start = starts(account)
    certain = running_sum(events["certain"], start)
    lowest = future_min(certain, start)
    opening = np.maximum(people.opening[account], -lowest[start])
    wanted = running_sum(events["wanted"], start)
    spent = wanted + np.minimum(running_min(opening + lowest - wanted, start), 0)
    taken = np.where(start == np.arange(len(start)), spent, spent - np.r_[0, spent[:-1]])
    return events["certain"] - taken, opening + certain - spent


def _moments_of_interest(people: People, period: Period) -> Events:
    """The last minute of every year, for all accounts whose owners are enrolled then; the amount is still open."""
    days = np.arange(period.first_day, period.last_day + 1).astype("datetime64[D]")
    ends = days[(days + 1).astype("datetime64[Y]") != days.astype("datetime64[Y]")].astype(np.int64)
    owners = np.flatnonzero(people.has_account(np.arange(people.count)))
    owner, day = np.repeat(owners, len(ends)), np.tile(ends, len(owners))
    rows = np.full((len(owner), 6), -1)
    rows[:, :4] = np.stack([owner, day * DAY + _LAST_MINUTE, np.full(len(owner), INTEREST), 0 * day], axis=1)
    return posting_events(rows[people.covered(owner, day)])


def _sorted(events: Events) -> Events:
    order = np.lexsort((events["row"], events["at"], events["account"]))
    return {name: values[order] for name, values in events.items()}
