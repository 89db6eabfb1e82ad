"""Counts of one table while it is taken in, and the proof that they add up.

read = accepted + quarantined + excluded, in rows and, for each money column, in fen over readable cells.
What is accepted is counted from what was written, not from what was meant to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from features.errors import IntegrityError

SHARES = ("read", "accepted", "quarantined", "excluded")
"""What rows and money are counted by; the last three add up to the first."""
_UNKNOWN_CODES_SHOWN = 100
"""Different unknown codes listed per column: a column mapped by mistake must not fill the manifest."""


@dataclass
class Tally:
    """Rows and fen of one table.

    Attributes:
        money: its money columns.
        rows: counts by ``read``, ``accepted``, ``quarantined``, ``excluded``, ``flagged``.
        fen: the same by money column.
        unreadable: cells that could not be read, by money column.
        why: quarantined rows by reason and by the columns that are named, ``a, b``; no column for a whole row.
        excluded_by: excluded rows by the rule that excluded them.
        flags: flagged cells by flag.
        unknown: how often each unknown code came, by column.
        undecided: rows of which several columns together do not tell the code, by column.
        days, timed: cells of a time column whose form was looked at, and those with a time of day in them.
    """

    money: tuple[str, ...]
    rows: Counter[str] = field(default_factory=Counter)
    fen: dict[str, Counter[str]] = field(default_factory=dict)
    unreadable: Counter[str] = field(default_factory=Counter)
    why: Counter[tuple[str, str]] = field(default_factory=Counter)
    excluded_by: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, Counter[str]] = field(default_factory=dict)
    undecided: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    timed: Counter[str] = field(default_factory=Counter)

    def add(self, share: str, rows: pl.DataFrame) -> None:
        """Count rows as read, quarantined or excluded."""
        self.rows[share] += rows.height
        for column in self.money:
            self.fen.setdefault(column, Counter())[share] += int(rows[column].sum())

    def add_why(self, quarantined: pl.DataFrame) -> None:
        """Count quarantined rows by their ``reason`` and ``column``."""
        counted = quarantined.group_by("reason", "column", maintain_order=True).len()
        for reason, column, count in counted.iter_rows():
            self.why[reason, column] += count

    @property
    def reasons(self) -> Counter[str]:
        """Quarantined rows by reason."""
        found: Counter[str] = Counter()
        for (reason, _), count in self.why.items():
            found[reason] += count
        return found

    def add_ragged(self, rows: int) -> None:
        """Count rows with a wrong number of fields: quarantined, none of their cells readable."""
        self.rows["read"] += rows
        self.rows["quarantined"] += rows
        for column in self.money:
            self.unreadable[column] += rows

    def add_unknown(self, column: str, codes: pl.Series) -> None:
        """Count codes that the contract does not know."""
        counted = codes.value_counts(name="times")
        self.unknown.setdefault(column, Counter()).update(dict(counted.iter_rows()))

    def add_times(self, column: str, moments: pl.Series, timed: pl.Series) -> None:
        """Count cells of a time column, and those that hold another time of day than midnight."""
        at_midnight = moments == moments.dt.truncate("1d")
        self.days[column] += int(moments.count())
        self.timed[column] += int((timed & ~at_midnight).sum())

    def day_precision(self) -> frozenset[str]:
        """Times of which no cell held a time of day."""
        return frozenset(name for name, cells in self.days.items() if cells and not self.timed[name])

    def add_accepted(self, written: pl.LazyFrame) -> None:
        """Count what was written."""
        sums = [pl.col(column).sum() for column in self.money]
        counted = (
            written.select(pl.len().alias("\0rows"), *sums).collect(engine="streaming").row(0, named=True)
        )
        self.rows["accepted"] += int(counted["\0rows"])
        for column in self.money:
            self.fen.setdefault(column, Counter())["accepted"] += int(counted[column] or 0)

    def prove(self, table: str) -> None:
        """Compare the three shares with what was read, in rows and in fen.

        Raises:
            IntegrityError: they do not add up; every row count and money column that differs is listed.
        """
        problems = []
        for what, counts in (("rows", self.rows), *self.fen.items()):
            shares = counts["accepted"] + counts["quarantined"] + counts["excluded"]
            if counts["read"] != shares:
                problems.append(f"{what}: read {counts['read']}, accounted for {shares}")
        if problems:
            raise IntegrityError(
                "What was read is not what was accepted, quarantined and excluded.",
                where=table,
                next_step="use no figure of this data set; report it with these lines and `fundwatch --version`",
                problems=problems,
            )

    def as_dict(self) -> dict[str, object]:
        """For the manifest."""
        return {
            "rows": {share: self.rows[share] for share in (*SHARES, "flagged")},
            "quarantined_by_reason": dict(self.reasons),
            "quarantined_by_column": [
                {"reason": reason, "column": column, "rows": count}
                for (reason, column), count in sorted(self.why.items())
            ],
            "excluded_by_rule": dict(self.excluded_by),
            "flags": dict(self.flags),
            "money": {
                column: {share: self.fen.get(column, Counter())[share] for share in SHARES}
                | {"unreadable_cells": self.unreadable[column]}
                for column in self.money
            },
            "unknown_codes": {column: _most_frequent(codes) for column, codes in self.unknown.items()},
            "undecided": dict(self.undecided),
        }


def _most_frequent(codes: Counter[str]) -> dict[str, int]:
    ordered = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    return dict(ordered[:_UNKNOWN_CODES_SHOWN])


def money_of(columns: Sequence[str], money: Sequence[str]) -> tuple[str, ...]:
    """The money columns among those that are there."""
    return tuple(name for name in money if name in columns)
