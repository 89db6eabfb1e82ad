"""Plan which files and columns of each table are read, or list every reason why they cannot be.

Nothing is converted here. Missing tables and columns, unreadable files and wrong column names are collected over
the whole data set, so that they are reported all at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from pathlib import Path

from features.contract import TABLES, Kind, Table
from features.errors import InputError, MappingError
from features.intake.mapping.model import (
    RECOGNIZE,
    ColumnMapping,
    Join,
    LayoutRequest,
    Mapping,
    TableMapping,
)
from features.intake.mapping.naming import (
    AmbiguousNameError,
    Names,
    conditions_in_file,
    named_in_file,
    own_name,
    select_rules,
)
from features.intake.planning.plan_checks import (
    lacking_in_parts,
    lacking_sources,
    lacking_structure,
    missing_column,
)
from features.intake.reading.inspection import Inspected, UnreadableFileError, inspect
from features.intake.reading.sources import MissingFileError, SourceFile, find, named
from features.intake.reading.table_plan import TablePlan
from features.message import Message

_DESCRIBE = Message("complete the export, or describe it with --mapping FILE.toml (docs/mapping.md)")
_WRITE_AGAIN = Message("correct these files where it is stated, or write them again; nothing was stored")
_DAY_OR_TIME = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


class Planner:
    """Plans the tables of a data folder and collects problems.

    Args:
        data: the data folder.
        mapping: the mapping of the tables.
        inspected: files inspected before, by name; further files are added.
    """

    def __init__(self, data: Path, mapping: Mapping, inspected: dict[str, Inspected] | None = None) -> None:
        self._data = data
        self._mapping = mapping
        self._inspected = {} if inspected is None else inspected
        self._problems: list[Message] = []
        self._mapping_problems: list[Message] = []
        self._unreadable = 0
        self.skipped: dict[str, str] = {}
        """Optional tables with a missing part, and the reason."""
        self.made_of: dict[str, str] = {}
        """Tables without a file of their own, and the file that they are made of."""

    def plan(self) -> list[TablePlan]:
        """Plans of all tables in the folder; the parts of a table follow each other.

        Raises:
            InputError: required tables or columns are missing, or files are unreadable.
            MappingError: the mapping names files or columns that do not exist.
        """
        plans = [plan for name in TABLES for plan in self._table(name)]
        if self._mapping_problems:
            raise MappingError(
                "The mapping does not fit the data.",
                where=str(self._data),
                problems=self._mapping_problems + self._problems,
                next_step="correct the mapping file; docs/mapping.md describes its format",
            )
        if self._problems:
            raise InputError(
                "The data set cannot be read.",
                where=str(self._data),
                problems=self._problems,
                next_step=_DESCRIBE if self._unreadable < len(self._problems) else _WRITE_AGAIN,
            )
        return plans

    def _table(self, name: str) -> list[TablePlan]:
        mapping = self._mapping.of(name)
        mapped = name in self._mapping.tables and name not in self._mapping.optional
        try:
            parts = self._parts(name, mapping)
            files = {key: self._file_name(part) for key, part in parts.items()}
        except MissingFileError as problem:
            self._problems.append(problem.message)
            return []
        if name in self._mapping.absent or not (mapped or any(files.values())):
            if TABLES[name].required:
                self._problems.append(self._missing_table(name, parts[next(iter(parts))]))
            return []
        if not all(files.values()) and not mapped:
            lacking = ", ".join(parts[key].file for key, file in files.items() if not file)
            self.skipped[name] = f"{lacking} is missing, and one part of the table alone would mislead"
            return []
        missing = self._mapping_problems if mapped else self._problems
        optional_plans = [
            self._part(name, part, files[key] or part.file, missing) for key, part in parts.items()
        ]
        plans = [plan for plan in optional_plans if plan is not None]
        mapped_columns = {column for plan in plans for column in plan.columns}
        together = tuple(column for column in TABLES[name].columns if column in mapped_columns)
        return [replace(plan, together=together) for plan in plans]

    def _parts(self, name: str, mapping: TableMapping) -> AnyMapping[str, TableMapping]:
        """The mappings of a table: of its parts, or a single one.

        A table in parts may also be one file under the contract's name.
        """
        if not mapping.parts:
            fallback = mapping.fallback
            if fallback is None or self._file_name(mapping) or not self._file_name(fallback):
                return {"": mapping}
            self.made_of[name] = fallback.file
            return {"": fallback}
        whole = name in self._mapping.optional and not any(
            self._file_name(part) for part in mapping.parts.values()
        )
        return {"": replace(self._mapping.plain, file=name)} if whole else mapping.parts

    def _file_name(self, mapping: TableMapping) -> str | None:
        """The name of a table's file in the folder; None if it is missing."""
        return named(self._data, (mapping.file, *mapping.other_files), loose=self._mapping.loose)

    def _part(self, name: str, mapping: TableMapping, file: str, missing: list[Message]) -> TablePlan | None:
        files = self._files(file, missing, mapping.layout)
        if not files:
            return None
        names = Names(frozenset(column for source in files for column in source.columns), self._mapping)
        stated = mapping
        try:
            mapping, lookups = self._joined(mapping, names)
            joined = {f"{key}.{column}" for key, lookup in lookups.items() for column in lookup.columns}
            names = Names(names.columns | joined, self._mapping)
            mapping = _structure(mapping, names)
            columns = self._columns(TABLES[name], mapping, files, lookups, names)
        except AmbiguousNameError as problem:
            self._problems.append(Message("{name}: {problem}", name=name, problem=problem.message))
            return None
        return TablePlan(
            TABLES[name],
            mapping,
            files,
            columns,
            lookups,
            missing=tuple(_lacking(TABLES[name], stated, columns, names)),
        )

    def _missing_table(self, name: str, mapping: TableMapping) -> Message:
        if name in self._mapping.absent:
            return Message("{name}: required, but the mapping declares it absent", name=name)
        try:
            find(self._data, name)
        except MissingFileError as problem:
            others = [file for file in (mapping.file, *mapping.other_files) if file != name]
            if not others:
                return problem.message
            return Message("{problem}; nor {names}", problem=problem.message, names=others)
        return Message("{name}: required, but all its files are unreadable", name=name)

    def _files(
        self, file: str, missing: list[Message], layout: LayoutRequest = RECOGNIZE
    ) -> tuple[Inspected, ...]:
        try:
            sources = find(self._data, file, layout.sheet)
        except MissingFileError as problem:
            if problem.message not in self._problems:
                missing.append(problem.message)
            return ()
        inspected = [self._inspect(source, layout) for source in sources]
        return tuple(file for file in inspected if file is not None)

    def _joined(self, mapping: TableMapping, names: Names) -> tuple[TableMapping, dict[str, Inspected]]:
        """The joins to make, with the column names of the files, and the joined files."""
        joins: list[Join] = []
        lookups: dict[str, Inspected] = {}
        for join in mapping.joins:
            file = named(self._data, (join.file,), loose=self._mapping.loose)
            if join.optional and (file is None or names.find(join.on) is None):
                continue
            sources = self._files(file or join.file, self._mapping_problems)[:1]
            own = Names(frozenset(column for source in sources for column in source.columns), self._mapping)
            if join.optional and sources and own.find(join.key) is None:
                continue
            key, on = own.find(join.key) or join.key, names.find(join.on) or join.on
            joins.append(replace(join, on=on, key=key, exclude=tuple(select_rules(join.exclude, own))))
            if sources:
                lookups[join.file] = sources[0]
        return replace(mapping, joins=tuple(joins)), lookups

    def _inspect(self, source: SourceFile, layout: LayoutRequest) -> Inspected | None:
        if source.name not in self._inspected:
            try:
                self._inspected[source.name] = inspect(source, layout)
            except UnreadableFileError as problem:
                if problem.message not in self._problems:
                    self._problems.append(problem.message)
                    self._unreadable += 1
                return None
        return self._inspected[source.name]

    def _columns(
        self,
        table: type[Table],
        mapping: TableMapping,
        files: tuple[Inspected, ...],
        lookups: dict[str, Inspected],
        names: Names,
    ) -> dict[str, ColumnMapping]:
        columns: dict[str, ColumnMapping] = {}
        for name, column in table.columns.items():
            stated = mapping.columns.get(name)
            in_file = None if stated is None else named_in_file(stated, names)
            if in_file is None and (stated is None or stated.optional) and _may_read(name, mapping):
                in_file = own_name(column, stated, names)
            if in_file is not None:
                columns[name] = _with_formats(name, in_file, column.kind, mapping)
                self._mapping_problems += lacking_sources(table.table, name, columns[name], names)
            elif column.required:
                self._problems.append(missing_column(table.table, name, files, names, stated))
        if mapping.link_reversals and "reverses_settlement_id" not in columns:
            columns["reverses_settlement_id"] = ColumnMapping(made=True)
        columns = {name: columns[name] for name in table.columns if name in columns}
        self._mapping_problems += lacking_structure(table.table, mapping, files, lookups)
        self._problems += lacking_in_parts(table, columns, files, lookups)
        return columns


def _structure(mapping: TableMapping, names: Names) -> TableMapping:
    """The rules that exclude and select rows, with the column names of the files."""
    return replace(
        mapping,
        exclude=tuple(select_rules(mapping.exclude, names)),
        refund_mark=next(select_rules([mapping.refund_mark] if mapping.refund_mark else [], names), None),
        only=conditions_in_file(mapping.only, names),
        distinct=tuple(names.find(name) or name for name in mapping.distinct),
    )


def _lacking(
    table: type[Table], mapping: TableMapping, columns: AnyMapping[str, ColumnMapping], names: Names
) -> Iterator[str]:
    """Names of columns that would have been read if the files had them: those of the contract and of the mapping."""
    yield from (name for name in table.columns if name not in columns and name not in mapping.absent)
    for column in mapping.columns.values():
        yield from (name for name in column.reads() if "." not in name and names.find(name) is None)


def _may_read(name: str, mapping: TableMapping) -> bool:
    """Whether a column of the contract's name may be read; of distinct rows, only the distinct columns."""
    return name not in mapping.absent and (not mapping.distinct or name in mapping.distinct)


def _with_formats(name: str, column: ColumnMapping, kind: Kind, table: TableMapping) -> ColumnMapping:
    """The column with the table's formats, unless it has its own."""
    own = {Kind.DATE: table.date_formats, Kind.TIME: table.time_formats, Kind.MONTH: table.month_formats}
    formats = own.get(kind, ())
    if not formats and name in table.day_precision:
        formats = _DAY_OR_TIME
    zone = column.zone or table.zone if kind is Kind.TIME else None
    return replace(column, formats=column.formats or formats, zone=zone)
