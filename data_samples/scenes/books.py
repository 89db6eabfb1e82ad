"""What scenes may do to personal accounts, contributions, prices and single cells."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from data_samples.credit import CreditRules, due_credit
from data_samples.ledger_events import ENTRY_KINDS, PREMIUM_KINDS
from data_samples.magnitudes import CATEGORIES
from data_samples.people import People
from data_samples.period import NEVER, Ints, Period
from data_samples.plans import Plans

Whole = int | npt.NDArray[Any]


class Books:
    """The plans that scenes make; see the docstring of `data_samples.scenes`.

    Args:
        people: the owners.
        period: the months of the city.
        credit_day: day of the month on which accounts are credited.
        rules: what is due.
    """

    def __init__(self, people: People, period: Period, credit_day: int, rules: CreditRules) -> None:
        self._people = people
        self._period = period
        self.rules = rules
        self.credit_day = credit_day
        self.plans = Plans()

    def due(self, owner: int) -> Ints:
        """Fen due to the owner in every month of the period; 0 where nothing is."""
        day = self._period.month_starts + self.credit_day - 1
        own, employer = due_credit(self._people, np.full(len(day), owner), day, self.rules)
        return own + employer

    def credits(self, owner: int) -> Ints:
        """Rows (day, fen) of the owner's monthly credits."""
        fen = self.due(owner)
        day = self._period.month_starts + self.credit_day - 1
        return np.stack([day, fen], axis=1)[fen > 0]

    def set_credit(self, owner: int, month: int, fen: int) -> None:
        """Credits so much for the month instead of what is due; 0: no entry.

        Raises:
            ValueError: the person has no account.
        """
        if not self._people.has_account(np.array([owner]))[0]:
            raise ValueError(f"person {owner} has no account that could be credited")
        self.plans.credits[owner, month] = fen

    def extra_credit(self, owner: int, day: int, fen: int, month: int) -> None:
        """Posts one more credit for the month, on the day."""
        self.plans.extra.append((owner, day, fen, month))

    def lump_credit(self, owner: int, month: int, months: int) -> None:
        """Posts what is due for several months in one entry of the first; the others are missing."""
        due = self.due(owner)[month : month + months]
        for later in range(month + 1, month + len(due)):
            self.set_credit(owner, later, 0)
        self.set_credit(owner, month, int(due.sum()))

    def employer_share(self, persons: Whole, month: int, fen: Whole) -> None:
        """The employer's contribution of the month that goes into the accounts, instead of what is due."""
        who = np.atleast_1d(persons)
        for person, amount in zip(who.tolist(), np.broadcast_to(fen, len(who)).tolist(), strict=True):
            self.plans.employer[person, month] = amount

    def post(
        self, owner: int, at: int, kind: str, fen: int, premium_kind: str = "", beneficiary: int = -1
    ) -> None:
        """Posts another entry: signed fen, at a time in seconds; the opening balance is raised if need be."""
        premium = PREMIUM_KINDS.index(premium_kind) if premium_kind else -1
        self.plans.postings.append((owner, at, ENTRY_KINDS.index(kind), fen, premium, beneficiary))

    def break_balance(self, owner: int, day: int, fen: int) -> None:
        """From the first entry on or after the day on, stored balances are off by so much."""
        self.plans.breaks.append((owner, day, fen))

    def unposted(self, handles: Ints) -> None:
        """The account paid for these settlements, and its ledger has no entry of them."""
        self.posted_as(handles, 0)

    def posted_as(self, handles: Ints, fen: Whole) -> None:
        """The ledger's entry of these settlements has another amount (fen, unsigned) than the account paid."""
        _put(self.plans.posted, handles, fen)

    def misprice(self, handles: Ints, pool_fen: Whole = 0, deductible_fen: Whole = 0) -> None:
        """The fund paid so much more (negative: less) than due, or the deductible was so much off.

        The patient's side changes with the pool's; what comes later is priced on what stands on record. A part
        never falls below nothing or above what is in scope.
        """
        _put(self.plans.pool_off, handles, pool_fen)
        _put(self.plans.deductible_off, handles, deductible_fen)

    def sell_again(self, handles: Ints, sources: Ints) -> None:
        """The packs of these settlements were sold before, in the source of each; both are scanned."""
        self.plans.again.update(zip(handles.tolist(), sources.tolist(), strict=True))

    def sell_in_parts(self, handles: Ints) -> None:
        """One pack is sold in parts in all of these settlements, each of them scanned as such."""
        self.sell_again(handles[1:], np.repeat(handles[:1], len(handles) - 1))
        self.plans.split.extend(handles.tolist())

    def defect(self, handles: Ints, column: str, value: object) -> None:
        """A cell of the settlements is written as this: None, text, fen, a day, or seconds by its column."""
        for handle in handles.tolist():
            self.plans.defects.setdefault(handle, []).append((column, value))

    def enrol(self, person: int, scheme: str, category: str, first_day: int, last_day: int = NEVER) -> None:
        """A second enrolment beside the person's own; it changes nothing else."""
        numbers = (("employee", "resident").index(scheme), CATEGORIES.index(category))
        self.plans.enrolments.append((person, *numbers, first_day, last_day))


def _put(planned: dict[int, int], handles: Ints, fen: Whole) -> None:
    amounts = np.broadcast_to(fen, len(handles)).tolist()
    planned.update(zip(handles.tolist(), amounts, strict=True))
