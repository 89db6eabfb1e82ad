"""Tables that a card may declare as its subject, with their date column and what readers call their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from detection.links.link import Role

SubjectTableName = Literal["settlements", "account_entries"]


@dataclass(frozen=True)
class SubjectTable:
    """The rows that a detector assesses.

    Attributes:
        day: column of the day whose law and policy apply, in days since 1970-01-01.
        en, zh: what readers call several rows ("settlements", "结算").
        measure: the Chinese measure word of one row.
        person: column of the person whose registers decide.
        provider, account: columns of the providers, and of the owners of accounts, whose area decides which policy
            applies; None where there are none.
    """

    day: str
    en: str
    zh: str
    measure: str
    person: str
    provider: str | None = None
    account: str | None = None

    def column_of(self, role: Role) -> str | None:
        """The column that names whose row it is; None where there is none."""
        return {"person": self.person, "provider": self.provider, "payer": self.account}[role]

    def counted_zh(self, n: str) -> str:
        """A number of rows, in Chinese."""
        return f"{n} {self.measure}{self.zh}"


SUBJECT_TABLES: Mapping[str, SubjectTable] = {
    "settlements": SubjectTable(
        "service_day", "settlements", "结算", "笔", "person_id", "provider_id", "mutual_aid_payer_id"
    ),
    "account_entries": SubjectTable(
        "posted_day", "ledger entries", "账户流水", "条", "account_id", None, "account_id"
    ),
}
"""Tables that a card may declare, by name."""

RECORDS = SubjectTable("record_day", "records", "记录", "条", "person_id", None, "person_id")
"""The hits of a card whose evidence is records."""
