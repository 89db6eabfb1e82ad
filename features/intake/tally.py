"""Counts of one table during intake, and the proof that they add up.

read = accepted + quarantined + excluded, in rows and, for each money column, in fen over readable cells.
Accepted rows are counted from the written files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from features.errors import IntegrityError
from features.intake.manifest import (
    CleanedCount,
    FormCount,
    MoneyCounts,
    QuarantineCount,
    RowCounts,
    TableRecord,
    UnreadableCount,
)
from features.intake.values.printable import printable_codes
from features.message import Message

OUTCOMES = ("read", "accepted", "quarantined", "excluded")
"""Outcomes of rows and money; the last three add up to the first."""


@dataclass
class Tally:
    """Rows and fen of one table.

    Attributes:
        money: its money columns.
        rows: counts by ``read``, ``accepted``, ``quarantined``, ``excluded``, ``flagged``.
        fen: the same by money column.
        unreadable: cells that could not be read, by money column.
        why: quarantined rows by reason and unreadable columns (``a, b``); the columns are empty for a whole row.
        excluded_by: excluded rows by the rule that excluded them.
        flags: flagged cells by flag.
        unknown: number of occurrences of each unknown code, by column.
        undecided: rows whose code cannot be derived from several columns, by column.
        cleaned: cleaned cells by file, column and what was cleaned.
        unusual: values that were read in another form than that of the contract, by column and form.
        unreadable_cells: cells that could not be read, by column.
        examples: file, row and shape of the first of these, by column.
        filled: columns with a value in some accepted row.
        days, timed: inspected cells of a time column, and those that contain a time of day.
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
    cleaned: dict[tuple[str, str, str], int] = field(default_factory=dict)
    unusual: Counter[tuple[str, str]] = field(default_factory=Counter)
    unreadable_cells: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    days: Counter[str] = field(default_factory=Counter)
    timed: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: str, rows: pl.DataFrame) -> None:
        """Count rows as read, quarantined or excluded."""
        self.rows[outcome] += rows.height
        for column in self.money:
            self.fen.setdefault(column, Counter())[outcome] += int(rows[column].sum())

    def add_filled(self, rows: pl.DataFrame) -> None:
        """Note the columns with a value in some of these rows."""
        self.filled |= {name for name in rows.columns if rows[name].null_count() < rows.height}

    def add_read(self, fen: Mapping[str, int]) -> None:
        """Add to the money that was read: the turned signs of refunds change what was read as a payment."""
        for column, change in fen.items():
            self.fen.setdefault(column, Counter())["read"] += change

    def add_why(self, quarantined: pl.DataFrame) -> None:
        """Count quarantined rows by their ``reason`` and ``column``."""
        counted = quarantined.group_by("reason", "column", maintain_order=True).len()
        for reason, column, count in counted.iter_rows():
            self.why[reason, column] += count

    @property
    def reasons(self) -> Counter[str]:
        """Quarantined rows by reason."""
        by_reason: Counter[str] = Counter()
        for (reason, _), count in self.why.items():
            by_reason[reason] += count
        return by_reason

    def add_ragged(self, rows: int) -> None:
        """Count rows with a wrong number of fields: quarantined, none of their cells readable."""
        self.rows["read"] += rows
        self.rows["quarantined"] += rows
        for column in self.money:
            self.unreadable[column] += rows

    def add_unknown(self, column: str, codes: pl.Series) -> None:
        """Count codes that are not in the contract."""
        counted = codes.value_counts(name="times")
        self.unknown.setdefault(column, Counter()).update(dict(counted.iter_rows()))

    def add_cleaned(self, file: str, counts: Mapping[tuple[str, str], int]) -> None:
        """Note the cleaned cells of a file, which may be read for several parts of a table."""
        for (column, what), count in counts.items():
            self.cleaned[file, column, what] = count

    def add_unreadable(self, column: str, cells: int, example: str) -> None:
        """Count cells that could not be read."""
        self.unreadable_cells[column] += cells
        self.examples.setdefault(column, example)

    def add_times(self, column: str, times: pl.Series, timed: pl.Series) -> None:
        """Count cells of a time column, and those with a time of day other than midnight."""
        at_midnight = times == times.dt.truncate("1d")
        self.days[column] += int(times.count())
        self.timed[column] += int((timed & ~at_midnight).sum())

    def day_precision(self) -> frozenset[str]:
        """Time columns without any time of day."""
        return frozenset(name for name, cells in self.days.items() if cells and not self.timed[name])

    def add_accepted(self, written: pl.LazyFrame) -> None:
        """Count the written rows."""
        sums = [pl.col(column).sum() for column in self.money]
        counted = (
            written.select(pl.len().alias("\0rows"), *sums).collect(engine="streaming").row(0, named=True)
        )
        self.rows["accepted"] += int(counted["\0rows"])
        for column in self.money:
            self.fen.setdefault(column, Counter())["accepted"] += int(counted[column] or 0)

    def prove(self, table: str) -> None:
        """Check that accepted, quarantined and excluded add up to read, in rows and in fen.

        Raises:
            IntegrityError: they do not add up; every row count and money column that differs is listed.
        """
        problems = []
        for what, counts in ((Message("rows"), self.rows), *self.fen.items()):
            shares = counts["accepted"] + counts["quarantined"] + counts["excluded"]
            if counts["read"] != shares:
                problems.append(
                    Message(
                        "{column}: read {read:,}, accounted for {shares:,}",
                        column=what,
                        read=counts["read"],
                        shares=shares,
                    )
                )
        if problems:
            raise IntegrityError(
                "Accepted, quarantined and excluded rows do not add up to the rows read.",
                where=table,
                next_step="use no figure of this data set; report it with these lines and `fundwatch --version`",
                problems=problems,
            )

    def record(
        self, *, columns: Sequence[str], ignored_columns: Sequence[str], likely: Mapping[str, str]
    ) -> TableRecord:
        """The table's part of the manifest."""
        return TableRecord(
            rows=RowCounts(**_outcomes(self.rows), flagged=self.rows["flagged"]),
            money={
                column: MoneyCounts(
                    **_outcomes(self.fen.get(column, Counter())), unreadable_cells=self.unreadable[column]
                )
                for column in self.money
            },
            quarantined_by_reason=dict(self.reasons),
            quarantined_by_column=tuple(
                QuarantineCount(reason=reason, column=column, rows=count)
                for (reason, column), count in sorted(self.why.items())
            ),
            excluded_by_rule=dict(self.excluded_by),
            flags=dict(self.flags),
            unknown_codes={column: printable_codes(codes) for column, codes in self.unknown.items()},
            undecided=dict(self.undecided),
            columns=tuple(columns),
            ignored_columns=tuple(ignored_columns),
            likely_columns=dict(likely),
            read_as=tuple(
                FormCount(column=column, form=form, cells=count)
                for (column, form), count in sorted(self.unusual.items())
                if count
            ),
            unreadable=tuple(
                UnreadableCount(column=column, cells=count, example=self.examples[column])
                for column, count in sorted(self.unreadable_cells.items())
            ),
            cleaned=tuple(
                CleanedCount(file=file, column=column, what=what, cells=count)
                for (file, column, what), count in sorted(self.cleaned.items())
            ),
        )


def _outcomes(counts: Counter[str]) -> dict[str, int]:
    return {outcome: counts[outcome] for outcome in OUTCOMES}


def money_of(columns: Sequence[str], money: Sequence[str]) -> tuple[str, ...]:
    """The money columns that are present."""
    return tuple(name for name in money if name in columns)
