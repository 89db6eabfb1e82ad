"""A resolved mapping: how the files and columns of an export become those of the contract.

docs/mapping.md describes the format of mapping files; `features.intake.mapping.file` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from typing import Literal

from features.intake.mapping.texts import Conditions

MAYBE = "?"
"""Mark of an optional term of a sum: an empty cell, or a missing column, counts as zero."""


@dataclass(frozen=True)
class Case:
    """A value that several columns determine: it applies where all conditions hold."""

    when: Conditions
    value: str


@dataclass(frozen=True)
class ColumnMapping:
    """How a contract column is made: from one of source, constant, total and first_of, or from cases alone.

    Attributes:
        source: column of the file, or ``file.column`` of a joined file.
        constant: the same value for every row.
        total: columns to add up; a leading minus subtracts.
        first_of: columns of which the first that is not empty is used.
        values: replacements of source values.
        by_prefix: whether ``values`` are matched by the longest prefix.
        otherwise: value of every source value that ``values`` does not list.
        when_null: value of an empty cell.
        formats: strptime formats of dates, times and months.
        zone: time zone of times without an offset; local time if None.
        null: words that mean null, in addition to the table's.
        aggregate: ``min`` or ``max``, in a table of distinct values.
        lengths: lengths of the codes that are matched by prefix; any length if empty.
        replace: regular expressions and replacements, applied in order before ``values``.
        cases: values that several columns determine; the first that holds has precedence over everything else.
        only_when: rows in which the column is used; it is empty in the others.
        day_from: columns that give the day where a time has none.
        not_before: contract column of the table; a date before it is empty.
        optional: left out without an error if the file lacks the needed columns.
        made: filled in after all rows of the table are read.
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
    zone: str | None = None
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
        case_columns = tuple(name for case in self.cases for name in case.when)
        return (*self.cells(), *case_columns, *self.only_when, *self.day_from)


def column_of(term: str) -> str:
    """The column of a term of a sum, without its marks."""
    return term.removeprefix("-").removesuffix(MAYBE)


@dataclass(frozen=True)
class Exclusion:
    """Rows that the source marks as invalid: those with one of the values in the column.

    With ``other_than``: rows with any other value; an empty cell does not exclude its row. With ``differs_from``:
    rows in which the two columns differ. An ``optional`` rule applies only if the file has the columns.
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
    """Columns of another file, joined by a key. Its columns are named ``file.column``.

    ``exclude`` are rows of that file that the source marks as invalid. An ``optional`` join is made only if both the
    file and the key exist.
    """

    file: str
    on: str
    key: str
    exclude: tuple[Exclusion, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class LayoutRequest:
    """What a mapping states about the layout of a table's files.

    Attributes:
        delimiter: the separator of the cells; None to recognize it.
        header_line: the line of the header, 1 is the first; None to recognize it.
        sheet: the sheet of a workbook; None for the only one, or the one named like the table.
    """

    delimiter: str | None = None
    header_line: int | None = None
    sheet: str | None = None


RECOGNIZE = LayoutRequest()
"""Nothing is stated."""


@dataclass(frozen=True)
class TableMapping:
    """How a table of the contract is made; by default from the file ``<table>`` with the contract's names.

    Attributes:
        file: name of the file or folder, with or without its ending.
        other_files: further names that it may have.
        columns: mappings of columns; other columns are read under the contract's name.
        absent: contract columns that are not read, even if the file has one of the name.
        null: words that mean null, everywhere in the file.
        day_precision: times with day precision.
        date_formats, time_formats, month_formats: strptime formats of the columns that name none of their own.
        zone: time zone of its times without an offset, unless a column has its own; local time if None.
        exclude: rows that the source marks as invalid.
        distinct: source columns whose distinct values make the rows; one row per row of the file if empty.
        joins: joined files.
        only: rows of the file that the table is made of; all if empty.
        link_reversals: whether originals of refunds are searched for (settlements only).
        refund_mark: rows that the source marks as refunds; those without negative amounts are flagged.
        fallback: how the table is made out of another one's file where it has none of its own.
        guessed: columns with invented values, filled in so that the table can be read.
        layout: what is stated about separator, header and sheet of its files.
        parts: mappings of the parts of the table, by name; the other attributes are then unused.
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
    zone: str | None = None
    exclude: tuple[Exclusion, ...] = ()
    distinct: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()
    only: Conditions = field(default_factory=dict)
    link_reversals: bool = False
    refund_mark: Exclusion | None = None
    fallback: TableMapping | None = None
    guessed: frozenset[str] = frozenset()
    layout: LayoutRequest = RECOGNIZE
    parts: AnyMapping[str, TableMapping] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """Mappings of the tables that a mapping file names, and the tables it declares absent.

    Attributes:
        tables: mappings by table.
        absent: tables that are not read.
        optional: tables that are read only if their file exists.
        loose: whether names of files and columns are compared without case, underscores and blanks.
        aliases: other names that a column of a file may have, by the name that the mapping uses.
        plain: null words and formats of tables that the mapping does not list.
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
"""No mapping: the folder has the names of the contract."""
