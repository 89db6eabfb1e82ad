"""A link that detectors rest on, and a break of it: what cannot be assessed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import narwhals.stable.v2 as nw

Role = Literal["person", "provider", "payer"]
"""Whose rows a part of the data is about: which column of the subject table names them."""

LinkName = Literal[
    "patient_person",
    "patient_enrolment",
    "enrolled_scheme",
    "account_enrolment",
    "provider_row",
    "provider_agreement",
    "provider_stop",
    "aid_payer",
    "aid_authorization",
    "lines_unit",
    "ledger_unit",
    "ledger_balance",
    "ledger_payments",
    "contribution_unit",
    "settlement_unit",
    "settlement_sums",
    "settlement_rows",
    "ledger_days",
    "price_unit",
    "scope_unit",
    "balance_unit",
    "base_share",
    "deductible_unit",
    "contribution_rows",
]
"""Links that a card may name (``rests_on``)."""

Reason = tuple[str, str]
"""A reason in English and Chinese; ``{n}`` stands for the number of rows that cannot be assessed."""


@dataclass(frozen=True)
class Part:
    """The part of the subject rows that a break concerns.

    Attributes:
        role: which column of the subject rows names the ids.
        ids: these alone; everybody when None. Sorted.
        first_day, last_day: these days alone (days since 1970-01-01); open when None.
    """

    role: Role = "person"
    ids: tuple[str, ...] | None = None
    first_day: int | None = None
    last_day: int | None = None

    def holds(self, column: str | None, day: str) -> nw.Expr:
        """True for the subject rows of this part.

        Args:
            column: of the subject rows, with the ids; a table without one has no row of this part.
            day: column of the subject rows' day.
        """
        inside = nw.lit(True)
        if self.ids is not None:
            if column is None:
                return nw.lit(False)
            inside = nw.col(column).is_in(list(self.ids)).fill_null(False)
        if self.first_day is not None:
            inside = inside & (nw.col(day) >= self.first_day).fill_null(False)
        if self.last_day is not None:
            inside = inside & (nw.col(day) <= self.last_day).fill_null(False)
        return inside


@dataclass(frozen=True)
class Break:
    """A link that fails for more than its limit.

    Attributes:
        name: what fails, the same for the same part.
        reason: for readers, with the numbers of the data set.
        part: the rows concerned; all of them when None.
    """

    name: str
    reason: Reason
    part: Part | None = None
