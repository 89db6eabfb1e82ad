"""Whose rows a detector judges: the tables that a card may name, their day, and what readers call them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rows:
    """Rows that limits are held against.

    Attributes:
        day: column of the day that law and policy are taken at, in days since 1970-01-01.
        en, zh: what readers call several of them ("settlements", "结算").
        measure: the Chinese measure word of one.
        provider, account: columns of the places, and of the owners of accounts, whose area decides; None where
            there are none.
    """

    day: str
    en: str
    zh: str
    measure: str
    provider: str | None = None
    account: str | None = None

    def counted_zh(self, n: str) -> str:
        """So many of them, in Chinese."""
        return f"{n} {self.measure}{self.zh}"


JUDGED: dict[str, Rows] = {
    "settlements": Rows("service_day", "settlements", "结算", "笔", "provider_id", "mutual_aid_payer_id"),
    "account_entries": Rows("posted_day", "ledger entries", "账户流水", "条", None, "account_id"),
}
"""Tables that a card may judge, each with a day of its own."""

RECORDS = Rows("record_day", "records", "记录", "条", None, "person_id")
"""The hits of a card whose evidence are records."""
