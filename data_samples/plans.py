"""What scenes want of ledgers, prices and cells, beside what follows by the rules; handed to who writes them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from data_samples.period import Ints
from data_samples.pricing import Mispriced

Posting = tuple[int, int, int, int, int, int]
"""owner, at (seconds), kind of entry, signed fen, kind of premium (-1: none), beneficiary (-1: none)."""


@dataclass
class Plans:
    """Months are places in `Period.month_starts`, days are days since 1970-01-01, money is fen.

    Attributes:
        credits: by (owner, month), what is credited instead of what is due.
        extra: (owner, day, fen, month): one more credit.
        employer: by (person, month), the employer's part that goes into the account.
        postings: other entries.
        breaks: (owner, day, fen): stored balances are off from the first entry on or after the day on.
        pool_off, deductible_off: by handle, what the fund's part and the deductible are off.
        posted: by handle, what the ledger says instead of what the account paid.
        defects: by handle, (column, value) of cells written otherwise.
        again: by handle, the handle of the settlement in which the same packs had been sold before.
        split: handles of packs that are sold in parts.
        enrolments: (person, scheme, category, first day, last day) beside the person's own.
    """

    credits: dict[tuple[int, int], int] = field(default_factory=dict)
    extra: list[tuple[int, int, int, int]] = field(default_factory=list)
    employer: dict[tuple[int, int], int] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)
    breaks: list[tuple[int, int, int]] = field(default_factory=list)
    pool_off: dict[int, int] = field(default_factory=dict)
    deductible_off: dict[int, int] = field(default_factory=dict)
    posted: dict[int, int] = field(default_factory=dict)
    defects: dict[int, list[tuple[str, object]]] = field(default_factory=dict)
    again: dict[int, int] = field(default_factory=dict)
    split: list[int] = field(default_factory=list)
    enrolments: list[tuple[int, int, int, int, int]] = field(default_factory=list)

    def mispriced(self, row_of_handle: Ints) -> Mispriced:
        """The rows that are priced wrong."""
        handles = sorted(self.pool_off.keys() | self.deductible_off.keys())
        pool, deductible = (
            np.array([off.get(handle, 0) for handle in handles], dtype=np.int64)
            for off in (self.pool_off, self.deductible_off)
        )
        return Mispriced(row_of_handle[np.array(handles, dtype=np.int64)], pool, deductible)

    def posted_rows(self, row_of_handle: Ints) -> tuple[Ints, Ints]:
        """Rows whose entry in the ledger is missing (0) or has this amount."""
        handles = np.array(list(self.posted), dtype=np.int64)
        return row_of_handle[handles], np.array(list(self.posted.values()), dtype=np.int64)

    def sold_again(self, row_of_handle: Ints) -> tuple[dict[int, int], frozenset[int]]:
        """By row, the row in which the packs had been sold before; rows of packs that are sold in parts."""
        again = {int(row_of_handle[new]): int(row_of_handle[old]) for new, old in self.again.items()}
        return again, frozenset(row_of_handle[np.array(self.split, dtype=np.int64)].tolist())

    def defects_by_row(self, row_of_handle: Ints) -> dict[int, list[tuple[str, object]]]:
        """Cells written otherwise, by row."""
        return {int(row_of_handle[handle]): cells for handle, cells in self.defects.items()}
