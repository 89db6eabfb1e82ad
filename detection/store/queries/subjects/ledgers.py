"""Money that is no settlement: the ledger of an account by month, its credits, and contributions of an employer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from detection.store.queries.reader import Reader
from detection.store.queries.subjects.lookup import files_of, subject_id
from features.calendar import date_of, month_text


@dataclass(frozen=True)
class LedgerMonth:
    """An account's month (``2024-06``): what was credited and debited, and the balance after it, in fen."""

    month: str
    credited: int
    debited: int
    balance: int | None


@dataclass(frozen=True)
class CreditKind:
    """Entries of a kind that came into an account, and their sum in fen."""

    kind: str
    entries: int
    amount: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class ContributionMonth:
    """Contributions for a month (``2024-06``): people, wage base, and both parts of what was credited, in fen."""

    month: str
    people: int
    base: int
    own: int
    employer: int


def ledger(reader: Reader, pseudonym: str) -> list[LedgerMonth]:
    """The ledger of an account by month; empty where the data have none."""
    return [
        LedgerMonth(month_text(row["month"]), row["credited"], row["debited"], row["balance"])
        for row in _rows(reader, "payer_account", "ledger", pseudonym)
    ]


def credit_kinds(reader: Reader, pseudonym: str) -> list[CreditKind]:
    """What came into an account, by kind of entry, the largest sum first."""
    return [
        CreditKind(
            str(row["entry_kind"]),
            row["entries"],
            row["amount"],
            date_of(row["first_day"]),
            date_of(row["last_day"]),
        )
        for row in _rows(reader, "payer_account", "credits", pseudonym)
    ]


def contributions(reader: Reader, pseudonym: str) -> list[ContributionMonth]:
    """Contributions of an employer by month."""
    return [
        ContributionMonth(month_text(row["month"]), row["people"], row["base"], row["own"], row["employer"])
        for row in _rows(reader, "employer", "contributions", pseudonym)
    ]


def _rows(reader: Reader, kind: str, name: str, pseudonym: str) -> list[dict[str, int]]:
    rows = files_of(reader).of(kind, name, subject_id(reader, kind, pseudonym))
    return [] if rows is None else rows.collect().to_dicts()
