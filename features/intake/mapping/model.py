"""A mapping file: how another export's files and columns become the contract's.

The format is described, with examples, in docs/mapping.md; `features.intake.mapping.file` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from typing import Literal

from features.intake.mapping.entries import Conditions

MAYBE = "?"
"""Behind a term of a sum: an empty cell, or a column that the file lacks, adds nothing."""


@dataclass(frozen=True)
class Case:
    """A value that several columns decide together: it is taken where all conditions hold."""

    when: Conditions
    value: str


@dataclass(frozen=True)
class ColumnMapping:
    """Where the values of one contract column come from; one of source, constant, total, first_of.

    Attributes:
        source: column of the file (``file.column`` for one that a join brings).
        constant: the same value for every row.
        total: columns to add up; a leading minus subtracts.
        first_of: columns of which the first that is given counts.
        values: replacements of source values.
        by_prefix: whether ``values`` are matched by the longest prefix.
        otherwise: value of everything that ``values`` does not name.
        when_null: value of an empty cell.
        formats: strptime formats of dates, times and months.
        null: words that mean null, beside the table's.
        aggregate: ``min`` or ``max``, in a table of distinct values.
        lengths: code lengths that ``values`` are matched at by prefix; any when empty.
        replace: regular expressions and what they become, applied in turn before ``values``.
        cases: values that several columns decide; the first that holds goes before everything else.
        only_when: rows in which the column counts; it is empty in the others.
        day_from: columns that give the day where a time has none.
        not_before: contract column of the table; a date before it is empty.
        optional: left out, without complaint, where the file lacks what it needs.
        made: filled in when all rows of the table have been read.
    """

    source: str | None = None
    constant: str | None = None
    total: tuple[str, ...] = ()
    first_of: tuple[str, ...] = ()
    values: AnyMapping[str, str] = field(default_factory=dict)
    by_prefix: bool = False
    otherwise: str | None = None
    when_null: str | None = None
    formats: tuple[str, ...] = ()
    null: tuple[str, ...] = ()
    aggregate: Literal["min", "max"] | None = None
    lengths: tuple[int, ...] = ()
    replace: tuple[tuple[str, str], ...] = ()
    cases: tuple[Case, ...] = ()
    only_when: Conditions = field(default_factory=dict)
    day_from: tuple[str, ...] = ()
    not_before: str | None = None
    optional: bool = False
    made: bool = False

    def cells(self) -> tuple[str, ...]:
        """Source columns whose cells are its values."""
        named = (self.source,) if self.source is not None else ()
        return named + tuple(column_of(term) for term in self.total) + self.first_of

    def reads(self) -> tuple[str, ...]:
        """Source columns that it needs."""
        beside = tuple(name for case in self.cases for name in case.when)
        return (*self.cells(), *beside, *self.only_when, *self.day_from)


def column_of(term: str) -> str:
    """The column of a term of a sum, without its marks."""
    return term.removeprefix("-").removesuffix(MAYBE)


@dataclass(frozen=True)
class Exclusion:
    """Rows that the source itself marks as invalid: those with one of the values in the column.

    With ``other_than`` those with any value but these; an empty cell says nothing, and its row stays. With
    ``differs_from`` those in which the column has another value than that one. An ``optional`` rule holds where the
    file has the column.
    """

    column: str
    values: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    differs_from: str | None = None
    optional: bool = False

    def reads(self) -> tuple[str, ...]:
        """Source columns that it needs."""
        return (self.column,) if self.differs_from is None else (self.column, self.differs_from)


@dataclass(frozen=True)
class Join:
    """Columns of another file, found by a key: its columns are then named ``file.column``.

    ``exclude`` are rows of that file that the source marks as invalid. An ``optional`` join is made where
    both the file and the key are there.
    """

    file: str
    on: str
    key: str
    exclude: tuple[Exclusion, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class TableMapping:
    """How one table of the contract is made; an empty one takes ``<table>`` as it stands.

    Attributes:
        file: name of the file or folder, with or without its ending.
        other_files: further names that it may have.
        columns: where columns come from; those not listed are looked for under the contract's name.
        absent: contract columns that are not taken even when the file has one of the name.
        null: words that mean null, everywhere in the file.
        day_precision: times known to the day only.
        date_formats, time_formats, month_formats: strptime formats of the columns that name none of their own.
        exclude: rows that the source marks as invalid.
        distinct: source columns whose distinct values make the rows; one row per row of the file when empty.
        joins: files that bring further columns.
        only: rows of the file that the table is made of; all when empty.
        link_reversals: find what a refund reverses where the source does not say (settlements only).
        refund_mark: rows that the source marks as refunds; those without negative amounts are flagged.
        fallback: how the table is made out of another one's file where it has none of its own.
        guessed: columns of it that are filled in so that the table can be read, and known to nobody.
        parts: mappings of the files that make the table together, by name; nothing else counts then.
    """

    file: str
    other_files: tuple[str, ...] = ()
    columns: AnyMapping[str, ColumnMapping] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    null: tuple[str, ...] = ("",)
    day_precision: frozenset[str] = frozenset()
    date_formats: tuple[str, ...] = ()
    time_formats: tuple[str, ...] = ()
    month_formats: tuple[str, ...] = ()
    exclude: tuple[Exclusion, ...] = ()
    distinct: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()
    only: Conditions = field(default_factory=dict)
    link_reversals: bool = False
    refund_mark: Exclusion | None = None
    fallback: TableMapping | None = None
    guessed: frozenset[str] = frozenset()
    parts: AnyMapping[str, TableMapping] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """Mappings of the tables that a mapping file names, and the tables it declares absent.

    Attributes:
        tables: mappings by table.
        absent: tables that are not taken.
        optional: tables that are taken only where their file is there.
        loose: names of files and columns are told apart by letters and digits only, in either case.
        aliases: other names that a column of a file may have, by the name that the mapping uses.
        plain: what holds for tables that the mapping does not name: null words and formats.
    """

    tables: AnyMapping[str, TableMapping] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    loose: bool = False
    aliases: AnyMapping[str, tuple[str, ...]] = field(default_factory=dict)
    plain: TableMapping = TableMapping("")

    def of(self, table: str) -> TableMapping:
        """The table's mapping, or the plain one."""
        return self.tables.get(table, replace(self.plain, file=table))


PLAIN = Mapping()
"""No mapping: the folder is written as the contract says."""
