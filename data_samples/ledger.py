"""Personal accounts: credits, debits and refunds in order of time, never below nothing.

Every settlement asks one account, the patient's or a relative's, for what the pooled fund left over. Some
payments are certain (`must`: what a scene planted, what is refunded later); an account that could not bear them
gets a higher opening balance. All others take what is free at the time, and cash pays the rest. Both are
computed for all accounts at once: what an ordinary payment may take is limited by a bound that only rises, so
that the spent amount is a running minimum.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_samples.drafts import Drafts, size
from data_samples.grouped import future_min, running_min, running_sum, starts
from data_samples.ledger_events import AID, REFUND, SETTLEMENT, Events, account_events
from data_samples.people import People
from data_samples.period import Ints, Period

ENTRY_KINDS = ("monthly_credit", "settlement", "mutual_aid", "refund")


@dataclass(frozen=True)
class Ledger:
    """Entries in the order of account and time, and what they mean for the drafts.

    Attributes:
        account, at, kind, amount, balance: the entries (seconds; fen; kinds index `ENTRY_KINDS`).
        row: draft that the entry belongs to (-1: a credit).
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
    paid: Ints
    own_balance: Ints
    own_balance_reversed: Ints


def keep_ledger(
    drafts: Drafts,
    personal: Ints,
    people: People,
    period: Period,
    sizes: Mapping[str, Any],
    area: Mapping[str, Any],
) -> Ledger:
    """The ledger of all accounts.

    Args:
        drafts: all settlements.
        personal: fen that the pooled fund leaves over, by draft.
        people: the owners.
        period: the months of credits.
        sizes: `magnitudes.toml`.
        area: its part for the pooling area (the credit day).
    """
    events = _sorted(account_events(drafts, personal, people, period, sizes, area))
    account, row, kind = events["account"], events["row"], events["kind"]
    start = starts(account)
    certain = running_sum(events["certain"], start)
    lowest = future_min(certain, start)
    opening = np.maximum(people.opening[account], -lowest[start])
    wanted = running_sum(events["wanted"], start)
    spent = wanted + np.minimum(running_min(opening + lowest - wanted, start), 0)
    taken = np.where(start == np.arange(len(start)), spent, spent - np.r_[0, spent[:-1]])
    amount = events["certain"] - taken
    balance = opening + certain - spent
    paid, own, own_reversed = (np.zeros(size(drafts), dtype=np.int64) + fill for fill in (0, -1, -1))
    debit = (kind == SETTLEMENT) | (kind == AID)
    paid[row[events["pays"]]] = -amount[events["pays"]]
    patients = debit & (account == drafts["person"][row])
    own[row[patients]] = balance[patients]
    back = (kind == REFUND) & (account == drafts["person"][row])
    own_reversed[row[back]] = balance[back]
    posted = amount != 0
    return Ledger(
        account[posted],
        events["at"][posted],
        kind[posted],
        amount[posted],
        balance[posted],
        row[posted],
        paid,
        own,
        own_reversed,
    )


def _sorted(events: Events) -> Events:
    order = np.lexsort((events["row"], events["at"], events["account"]))
    return {name: values[order] for name, values in events.items()}
