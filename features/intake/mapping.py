"""A mapping file: how another export's files and columns become the contract's.

The format is described, with examples, in docs/mapping.md; `features.intake.mapping_file` reads it.
"""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

AGGREGATES = ("min", "max")


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
    aggregate: str | None = None

    def reads(self) -> tuple[str, ...]:
        """Source columns that it needs."""
        named = (self.source,) if self.source is not None else ()
        return named + tuple(name.removeprefix("-") for name in self.total) + self.first_of


@dataclass(frozen=True)
class Exclusion:
    """Rows that the source itself marks as invalid: those with one of the values in the column."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Join:
    """Columns of another file, found by a key: its columns are then named ``file.column``."""

    file: str
    on: str
    key: str


@dataclass(frozen=True)
class TableMapping:
    """How one table of the contract is made; an empty one takes ``<table>`` as it stands.

    Attributes:
        file: name of the file or folder, with or without its ending.
        columns: where columns come from; those not listed are looked for under the contract's name.
        absent: contract columns that are not taken even when the file has one of the name.
        null: words that mean null, everywhere in the file.
        day_precision: times known to the day only.
        date_formats, time_formats: strptime formats of the columns that name none of their own.
        exclude: rows that the source marks as invalid.
        distinct: source columns whose distinct values make the rows; one row per row of the file when empty.
        joins: files that bring further columns.
    """

    file: str
    columns: AnyMapping[str, ColumnMapping] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    null: tuple[str, ...] = ("",)
    day_precision: frozenset[str] = frozenset()
    date_formats: tuple[str, ...] = ()
    time_formats: tuple[str, ...] = ()
    exclude: tuple[Exclusion, ...] = ()
    distinct: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """Mappings of the tables that a mapping file names, and the tables it declares absent."""

    tables: AnyMapping[str, TableMapping] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()

    def of(self, table: str) -> TableMapping:
        """The table's mapping, or the plain one."""
        return self.tables.get(table, TableMapping(table))


PLAIN = Mapping()
"""No mapping: the folder is written as the contract says."""
