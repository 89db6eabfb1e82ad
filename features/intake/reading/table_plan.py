"""What will be read of one table: its files, and where each of its columns comes from."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from features.contract import Kind, Table
from features.intake.mapping.model import ColumnMapping, TableMapping
from features.intake.reading.inspection import Inspected


@dataclass(frozen=True)
class TablePlan:
    """One table that will be read, or one part of it that comes from other files than the rest.

    Attributes:
        table: the contract's table.
        mapping: how it is made, in the files' own names.
        files: its files, inspected.
        columns: the contract columns that come from them, in the contract's order, with where they come from.
        lookups: files of its joins, by name.
        together: the contract columns that all parts of the table have together, in the contract's order.
    """

    table: type[Table]
    mapping: TableMapping
    files: tuple[Inspected, ...]
    columns: dict[str, ColumnMapping]
    lookups: dict[str, Inspected] = field(default_factory=dict)
    together: tuple[str, ...] = ()

    @property
    def day_precision(self) -> frozenset[str]:
        """Times known to the day only: declared by the mapping, or of a Parquet type without a time."""
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

    def unused(self) -> list[str]:
        """Columns of its files that nothing is read from."""
        return sorted({name for file in self.files for name in file.columns} - set(self.reads()))
