"""Describe what a plan needs and the files lack, one text per problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import get_close_matches

from features.contract import Table
from features.intake.mapping.model import ColumnMapping, TableMapping
from features.intake.mapping.naming import Names
from features.intake.reading.inspection import Inspected


def lacking_structure(
    table: str, mapping: TableMapping, files: Sequence[Inspected], lookups: Mapping[str, Inspected]
) -> Iterator[str]:
    """Missing columns that rows are excluded, marked, selected, grouped or joined by."""
    columns = {name for file in files for name in file.columns}
    marks = [mapping.refund_mark] if mapping.refund_mark else []
    needed = [("exclude", name, columns) for rule in mapping.exclude for name in rule.reads()]
    needed += [("refund_mark", name, columns) for rule in marks for name in rule.reads()]
    needed += [("distinct", column, columns) for column in mapping.distinct]
    needed += [("only", column, columns) for column in mapping.only]
    needed += [("join", join.on, columns) for join in mapping.joins]
    needed += [
        ("join", join.key, {*lookups[join.file].columns}) for join in mapping.joins if join.file in lookups
    ]
    for what, column, known in needed:
        if column not in known:
            yield f"{table}: {what} names column {column}, which the file does not have{_similar(column, known)}"


def lacking_sources(table: str, name: str, column: ColumnMapping, names: Names) -> Iterator[str]:
    """Missing columns that a contract column is made of."""
    for source in column.reads():
        if source not in names.columns:
            yield f"{table}.{name}: the file has no column {source}{_similar(source, names.columns)}"


def lacking_in_parts(
    table: type[Table],
    columns: Mapping[str, ColumnMapping],
    files: Sequence[Inspected],
    lookups: Mapping[str, Inspected],
) -> Iterator[str]:
    """Required columns that only some files of a table have."""
    joined = {f"{name}.{column}" for name, file in lookups.items() for column in file.columns}
    for name in set(table.required_columns()) & set(columns):
        for file in files:
            lacking = [source for source in columns[name].reads() if source not in {*file.columns, *joined}]
            if lacking and any(lack in other.columns for lack in lacking for other in files):
                yield f"{table.table}.{name}: missing in {file.file.name}"


def missing_column(
    table: str, name: str, files: Sequence[Inspected], names: Names, mapping: ColumnMapping | None
) -> str:
    """A missing required column, with the names that were tried and similar names."""
    where = files[0].file.name if len(files) == 1 else f"{table}/"
    tried = f" (looked for {', '.join(dict.fromkeys(_tried(mapping, names)))})" if mapping else ""
    return f"{table}.{name}: missing in {where}{tried}{_similar(name, names.columns)}"


def _tried(mapping: ColumnMapping, names: Names) -> Iterator[str]:
    for name in mapping.cells():
        yield from (name, *names.mapping.aliases.get(name, ()))


def _similar(name: str, columns: Set[str]) -> str:
    close = get_close_matches(name, sorted(columns), n=3, cutoff=0.5)
    return f"; similar names: {', '.join(close)}" if close else f"; it has: {', '.join(sorted(columns))}"
