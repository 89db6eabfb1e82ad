"""Tables that a card may declare as its subject, with their date column and what readers call their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

SubjectTableName = Literal["settlements", "account_entries"]


@dataclass(frozen=True)
class SubjectTable:
    """The rows that a detector assesses.

    Attributes:
        day: column of the day whose law and policy apply, in days since 1970-01-01.
        en, zh: what readers call several rows ("settlements", "结算").
        measure: the Chinese measure word of one row.
        provider, account: columns of the providers, and of the owners of accounts, whose area decides which policy
            applies; None where there are none.
    """

    day: str
    en: str
    zh: str
    measure: str
    provider: str | None = None
    account: str | None = None

    def counted_zh(self, n: str) -> str:
        """A number of rows, in Chinese."""
        return f"{n} {self.measure}{self.zh}"


SUBJECT_TABLES: Mapping[str, SubjectTable] = {
    "settlements": SubjectTable(
        "service_day", "settlements", "结算", "笔", "provider_id", "mutual_aid_payer_id"
    ),
    "account_entries": SubjectTable("posted_day", "ledger entries", "账户流水", "条", None, "account_id"),
}
"""Tables that a card may declare, by name."""

RECORDS = SubjectTable("record_day", "records", "记录", "条", None, "person_id")
"""The hits of a card whose evidence is records."""
