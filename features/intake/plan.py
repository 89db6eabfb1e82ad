"""What will be read: for each table its files and columns, or every reason why it cannot be.

Nothing is converted here. Missing tables and columns, unreadable files and wrong column names are
collected over the whole data set before anything is said, so that a sender hears of all of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from features.contract import TABLES, Kind, Table
from features.errors import InputError, MappingError
from features.intake.inspection import Inspected, UnreadableFileError, inspect
from features.intake.mapping import ColumnMapping, Mapping, TableMapping
from features.intake.sources import NotThereError, SourceFile, exists, find

_DAY_OR_TIME = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


@dataclass(frozen=True)
class TablePlan:
    """One table that will be read.

    Attributes:
        table: the contract's table.
        mapping: how it is made.
        files: its files, inspected.
        columns: the contract columns it will have, in the contract's order, with where they come from.
        lookups: files of its joins, by name.
    """

    table: type[Table]
    mapping: TableMapping
    files: tuple[Inspected, ...]
    columns: dict[str, ColumnMapping]
    lookups: dict[str, Inspected] = field(default_factory=dict)

    @property
    def day_precision(self) -> frozenset[str]:
        """Times known to the day only: declared by the mapping, or of a Parquet type without a time."""
        days = {
            name
            for name in self.table.of_kind(Kind.TIME)
            for file in self.files
            if name in self.columns
            and any(file.columns.get(read) == pl.Date for read in self.columns[name].reads())
        }
        return self.mapping.day_precision | days

    def unused(self) -> list[str]:
        """Columns of its files that nothing is read from."""
        used = {name for column in self.columns.values() for name in column.reads()}
        used |= {rule.column for rule in self.mapping.exclude} | set(self.mapping.distinct)
        used |= {join.on for join in self.mapping.joins}
        return sorted({name for file in self.files for name in file.columns} - used)


class Planner:
    """Plans the tables of a data folder and collects what is wrong with it."""

    def __init__(self, data: Path, mapping: Mapping) -> None:
        self._data = data
        self._mapping = mapping
        self._inspected: dict[str, Inspected] = {}
        self._problems: list[str] = []
        self._mapping_problems: list[str] = []

    def plan(self) -> list[TablePlan]:
        """Every table that is there.

        Raises:
            InputError: required tables or columns are missing, or files cannot be read.
            MappingError: the mapping names files or columns that are not there.
        """
        plans = [plan for name in TABLES if (plan := self._table(name)) is not None]
        if self._mapping_problems:
            raise MappingError(
                "The mapping does not fit the data.",
                where=str(self._data),
                problems=self._mapping_problems + self._problems,
                next_step="correct the mapping file; docs/mapping.md describes its format",
            )
        if self._problems:
            raise InputError(
                "The data set cannot be taken in.",
                where=str(self._data),
                problems=self._problems,
                next_step="complete the export, or describe it with --mapping FILE.toml (docs/mapping.md)",
            )
        return plans

    def _table(self, name: str) -> TablePlan | None:
        mapping = self._mapping.of(name)
        mapped = name in self._mapping.tables
        if name in self._mapping.absent or not (mapped or exists(self._data, mapping.file)):
            if TABLES[name].required:
                self._problems.append(self._missing_table(name))
            return None
        files = self._files(mapping.file, self._mapping_problems if mapped else self._problems)
        if not files:
            return None
        lookups = {join.file: found for join in mapping.joins for found in self._lookup(join.file)}
        columns = self._columns(TABLES[name], mapping, files, lookups)
        return TablePlan(TABLES[name], mapping, files, columns, lookups)

    def _missing_table(self, name: str) -> str:
        try:
            find(self._data, name)
        except NotThereError as problem:
            return str(problem)
        return f"{name}: required, but the mapping declares it absent"

    def _files(self, file: str, missing: list[str]) -> tuple[Inspected, ...]:
        try:
            found = find(self._data, file)
        except NotThereError as problem:
            missing.append(str(problem))
            return ()
        looked = [self._inspect(source) for source in found]
        return tuple(file for file in looked if file is not None)

    def _lookup(self, file: str) -> tuple[Inspected, ...]:
        return self._files(file, self._mapping_problems)[:1]

    def _inspect(self, source: SourceFile) -> Inspected | None:
        if source.name not in self._inspected:
            try:
                self._inspected[source.name] = inspect(source)
            except UnreadableFileError as problem:
                if str(problem) not in self._problems:
                    self._problems.append(str(problem))
                return None
        return self._inspected[source.name]

    def _columns(
        self,
        table: type[Table],
        mapping: TableMapping,
        files: tuple[Inspected, ...],
        lookups: dict[str, Inspected],
    ) -> dict[str, ColumnMapping]:
        there = {name for file in files for name in file.columns}
        there |= {f"{name}.{column}" for name, file in lookups.items() for column in file.columns}
        columns: dict[str, ColumnMapping] = {}
        for name, column in table.columns.items():
            if name in mapping.columns:
                columns[name] = _with_formats(name, mapping.columns[name], column.kind, mapping)
                self._check_mapped(table.table, name, columns[name], there)
            elif name in there and name not in mapping.absent and _may_take(name, mapping):
                columns[name] = _with_formats(name, ColumnMapping(source=name), column.kind, mapping)
            elif column.required:
                self._problems.append(_missing_column(table.table, name, files, there))
        self._check_structure(
            table.table, mapping, {name for file in files for name in file.columns}, lookups
        )
        self._check_parts(table, columns, files, lookups)
        return columns

    def _check_structure(
        self, table: str, mapping: TableMapping, there: set[str], lookups: dict[str, Inspected]
    ) -> None:
        """Columns that rows are excluded, told apart or joined by."""
        named = [("exclude", rule.column, there) for rule in mapping.exclude]
        named += [("distinct", column, there) for column in mapping.distinct]
        named += [("join", join.on, there) for join in mapping.joins]
        named += [
            ("join", join.key, {*lookups[join.file].columns})
            for join in mapping.joins
            if join.file in lookups
        ]
        self._mapping_problems += [
            f"{table}: {what} names column {column}, which the file does not have{_like(column, columns)}"
            for what, column, columns in named
            if column not in columns
        ]

    def _check_mapped(self, table: str, name: str, column: ColumnMapping, there: set[str]) -> None:
        for source in column.reads():
            if source not in there:
                self._mapping_problems.append(
                    f"{table}.{name}: the file has no column {source}{_like(source, there)}"
                )

    def _check_parts(
        self,
        table: type[Table],
        columns: dict[str, ColumnMapping],
        files: tuple[Inspected, ...],
        lookups: dict[str, Inspected],
    ) -> None:
        """A required column must be in every part, not in some of them only."""
        joined = {f"{name}.{column}" for name, file in lookups.items() for column in file.columns}
        for name in set(table.required_columns()) & set(columns):
            for file in files:
                lacking = [
                    source for source in columns[name].reads() if source not in {*file.columns, *joined}
                ]
                if lacking and any(lack in other.columns for lack in lacking for other in files):
                    self._problems.append(f"{table.table}.{name}: missing in {file.file.name}")


def _may_take(name: str, mapping: TableMapping) -> bool:
    """A row of distinct values has those values and no other column of the file."""
    return not mapping.distinct or name in mapping.distinct


def _with_formats(name: str, column: ColumnMapping, kind: Kind, table: TableMapping) -> ColumnMapping:
    """The column with the table's formats where it names none of its own."""
    formats = {Kind.DATE: table.date_formats, Kind.TIME: table.time_formats}.get(kind, ())
    if not formats and name in table.day_precision:
        formats = _DAY_OR_TIME
    return replace(column, formats=formats) if formats and not column.formats else column


def _missing_column(table: str, name: str, files: tuple[Inspected, ...], there: set[str]) -> str:
    where = files[0].file.name if len(files) == 1 else f"{table}/"
    return f"{table}.{name}: missing in {where}{_like(name, there)}"


def _like(name: str, there: set[str]) -> str:
    close = get_close_matches(name, sorted(there), n=3, cutoff=0.5)
    return (
        f"; found with a like name: {', '.join(close)}" if close else f"; found: {', '.join(sorted(there))}"
    )
