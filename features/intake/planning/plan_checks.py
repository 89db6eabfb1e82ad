"""Describe what a plan needs and the files lack, one text per problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from difflib import get_close_matches

from features.contract import Table
from features.intake.mapping.model import ColumnMapping, TableMapping
from features.intake.mapping.naming import Names
from features.intake.reading.inspection import Inspected
from features.intake.values.printable import is_header
from features.message import Message


def lacking_structure(
    table: str, mapping: TableMapping, files: Sequence[Inspected], lookups: Mapping[str, Inspected]
) -> Iterator[Message]:
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
            yield Message(
                "{table}: {setting} names column {column}, which the file does not have{similar}",
                table=table,
                setting=what,
                column=column,
                similar=_similar(column, known),
            )


def lacking_sources(table: str, name: str, column: ColumnMapping, names: Names) -> Iterator[Message]:
    """Missing columns that a contract column is made of."""
    for source in column.reads():
        if source not in names.columns:
            yield Message(
                "{table}.{name}: the file has no column {source}{similar}",
                table=table,
                name=name,
                source=source,
                similar=_similar(source, names.columns),
            )


def lacking_in_parts(
    table: type[Table],
    columns: Mapping[str, ColumnMapping],
    files: Sequence[Inspected],
    lookups: Mapping[str, Inspected],
) -> Iterator[Message]:
    """Required columns that only some files of a table have."""
    joined = {f"{name}.{column}" for name, file in lookups.items() for column in file.columns}
    for name in set(table.required_columns()) & set(columns):
        for file in files:
            lacking = [source for source in columns[name].reads() if source not in {*file.columns, *joined}]
            if lacking and any(lack in other.columns for lack in lacking for other in files):
                yield Message(
                    "{table}.{name}: missing in {file}", table=table.table, name=name, file=file.file.name
                )


def missing_column(
    table: str, name: str, files: Sequence[Inspected], names: Names, mapping: ColumnMapping | None
) -> Message:
    """A missing required column, with the names that were tried and similar names."""
    where = files[0].file.name if len(files) == 1 else f"{table}/"
    looked_for = list(dict.fromkeys(_tried(mapping, names))) if mapping else []
    tried = Message(" (looked for {names})", names=looked_for) if mapping else ""
    return Message(
        "{table}.{name}: missing in {file}{tried}{similar}",
        table=table,
        name=name,
        file=where,
        tried=tried,
        similar=_similar(name, names.columns),
    )


def _tried(mapping: ColumnMapping, names: Names) -> Iterator[str]:
    for name in mapping.cells():
        yield from (name, *names.mapping.aliases.get(name, ()))


def _similar(name: str, columns: Set[str]) -> Message:
    """Names that the file has; none where they look like a row, which messages never print."""
    if not is_header(columns):
        return Message(
            "; its first line, of {columns:,} cells, looks like a row of data and not like a header",
            columns=len(columns),
        )
    close = get_close_matches(name, sorted(columns), n=3, cutoff=0.5)
    if close:
        return Message("; similar names: {names}", names=close)
    return Message("; it has: {names}", names=sorted(columns))
