"""The plan of one table: its files, and the source of each column."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from features.contract import Kind, Table
from features.intake.mapping.model import ColumnMapping, TableMapping
from features.intake.reading.inspection import Inspected


@dataclass(frozen=True)
class TablePlan:
    """One table to read, or one part of a table of several files.

    Attributes:
        table: the contract's table.
        mapping: its mapping, with the column names of the files.
        files: its files, inspected.
        columns: mappings of the contract columns that the files provide, in the contract's order.
        lookups: files of its joins, by name.
        together: the contract columns of all parts of the table, in the contract's order.
        missing: names of columns that would have been read, and that the files lack.
    """

    table: type[Table]
    mapping: TableMapping
    files: tuple[Inspected, ...]
    columns: dict[str, ColumnMapping]
    lookups: dict[str, Inspected] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def day_precision(self) -> frozenset[str]:
        """Times with day precision: declared by the mapping, or of a Parquet type without a time."""
        days = {
            name
            for name in self.table.of_kind(Kind.TIME)
            for file in self.files
            if name in self.columns
            and any(file.columns.get(read) == pl.Date for read in self.columns[name].cells())
        }
        return self.mapping.day_precision | days

    def reads(self) -> tuple[str, ...]:
        """Columns of its files that are read."""
        mapping = self.mapping
        used = [name for column in self.columns.values() for name in column.reads()]
        used += [name for rule in mapping.exclude for name in rule.reads()]
        used += [join.on for join in mapping.joins]
        used += mapping.refund_mark.reads() if mapping.refund_mark else ()
        return tuple(dict.fromkeys([*used, *mapping.distinct, *mapping.only]))

    def ids(self) -> frozenset[str]:
        """Columns of its files that hold ids."""
        of_ids = {
            name
            for column, mapping in self.columns.items()
            if self.table.columns[column].kind is Kind.ID
            for name in mapping.cells()
        }
        return frozenset(of_ids.union(join.on for join in self.mapping.joins))

    def kept_words(self) -> frozenset[str]:
        """Words, in lower case, that the mapping names as values of its files."""
        words: set[str] = set()
        for column in self.columns.values():
            words.update(column.values)
            words.update(value for case in column.cases for values in case.when.values() for value in values)
            words.update(value for values in column.only_when.values() for value in values)
        for rule in (
            *self.mapping.exclude,
            *([self.mapping.refund_mark] if self.mapping.refund_mark else []),
        ):
            words.update((*rule.values, *rule.other_than))
        words.update(value for values in self.mapping.only.values() for value in values)
        return frozenset(word.lower() for word in words)

    def unused(self) -> list[str]:
        """Columns of its files that are not read."""
        return sorted({name for file in self.files for name in file.columns} - set(self.reads()))
