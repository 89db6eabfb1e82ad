"""What a plan needs and the files do not have, in words: one line for each problem."""

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
    """Columns that rows are excluded, marked, chosen, told apart or joined by."""
    columns = {name for file in files for name in file.columns}
    marks = [mapping.refund_mark] if mapping.refund_mark else []
    asked = [("exclude", name, columns) for rule in mapping.exclude for name in rule.reads()]
    asked += [("refund_mark", name, columns) for rule in marks for name in rule.reads()]
    asked += [("distinct", column, columns) for column in mapping.distinct]
    asked += [("only", column, columns) for column in mapping.only]
    asked += [("join", join.on, columns) for join in mapping.joins]
    asked += [
        ("join", join.key, {*lookups[join.file].columns}) for join in mapping.joins if join.file in lookups
    ]
    for what, column, known in asked:
        if column not in known:
            yield f"{table}: {what} names column {column}, which the file does not have{_like(column, known)}"


def lacking_sources(table: str, name: str, column: ColumnMapping, names: Names) -> Iterator[str]:
    """Columns that a contract column is made of."""
    for source in column.reads():
        if source not in names.there:
            yield f"{table}.{name}: the file has no column {source}{_like(source, names.there)}"


def lacking_in_parts(
    table: type[Table],
    columns: Mapping[str, ColumnMapping],
    files: Sequence[Inspected],
    lookups: Mapping[str, Inspected],
) -> Iterator[str]:
    """A required column must be in every file of a table, not in some of them only."""
    joined = {f"{name}.{column}" for name, file in lookups.items() for column in file.columns}
    for name in set(table.required_columns()) & set(columns):
        for file in files:
            lacking = [source for source in columns[name].reads() if source not in {*file.columns, *joined}]
            if lacking and any(lack in other.columns for lack in lacking for other in files):
                yield f"{table.table}.{name}: missing in {file.file.name}"


def missing_column(
    table: str, name: str, files: Sequence[Inspected], names: Names, said: ColumnMapping | None
) -> str:
    """A required column that is nowhere, with the names that were looked for and those that are like it."""
    where = files[0].file.name if len(files) == 1 else f"{table}/"
    looked = f" (looked for {', '.join(dict.fromkeys(_tried(said, names)))})" if said else ""
    return f"{table}.{name}: missing in {where}{looked}{_like(name, names.there)}"


def _tried(said: ColumnMapping, names: Names) -> Iterator[str]:
    for name in said.cells():
        yield from (name, *names.mapping.aliases.get(name, ()))


def _like(name: str, there: Set[str]) -> str:
    close = get_close_matches(name, sorted(there), n=3, cutoff=0.5)
    return (
        f"; found with a like name: {', '.join(close)}" if close else f"; found: {', '.join(sorted(there))}"
    )
