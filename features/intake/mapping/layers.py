"""Override a mapping by another, table by table and column by column: a preset by a fund's own file."""

from __future__ import annotations

from typing import TypeVar

from features.intake.mapping.entries import (
    ColumnEntry,
    ExclusionEntry,
    JoinEntry,
    MappingEntries,
    TableEntry,
)

_Optional = TypeVar("_Optional", ColumnEntry, ExclusionEntry, JoinEntry)
_FROM_TOP = (
    *("null", "date_formats", "time_formats", "month_formats", "loose_names"),
    *("delimiter", "header_line", "zone"),
)


def overlay(base: MappingEntries, top: MappingEntries) -> MappingEntries:
    """The entries of ``base`` overridden by those of ``top``.

    A column, a code list or any other entry of a table is replaced as a whole.
    """
    absent = (*base.absent_tables, *top.absent_tables)
    tables = dict(base.tables)
    for name, table in top.tables.items():
        tables[name] = _overlay_table(tables.get(name, TableEntry()), table)
    return base.model_copy(
        update={
            **{name: getattr(top, name) for name in _FROM_TOP if name in top.model_fields_set},
            "aliases": {**base.aliases, **top.aliases},
            "codes": {**base.codes, **top.codes},
            "absent_tables": absent,
            "tables": {name: table for name, table in tables.items() if name not in absent},
        }
    )


def with_optional(entries: MappingEntries, *, optional: bool) -> MappingEntries:
    """The entries in which every table, column, rule and join states whether it is optional."""
    tables = {name: _state_table(table, optional) for name, table in entries.tables.items()}
    return entries.model_copy(update={"tables": tables})


def _overlay_table(base: TableEntry, top: TableEntry) -> TableEntry:
    columns = {
        name: column for name, column in {**base.columns, **top.columns}.items() if name not in top.absent
    }
    merged = top.over(base).model_copy(update={"columns": columns})
    if base.parts is None:
        return merged
    # An entry of the whole table overrides the parts of the base.
    parts = {name: _without_columns(part, top) for name, part in base.parts.items()}
    if top.parts is not None:
        names = dict.fromkeys([*base.parts, *top.parts])
        parts = {
            name: _overlay_table(parts.get(name, TableEntry()), top.parts.get(name, TableEntry()))
            for name in names
        }
    elif top.file is not None:  # one file replaces the parts
        return merged.model_copy(update={"parts": None})
    return merged.model_copy(update={"parts": parts})


def _without_columns(part: TableEntry, top: TableEntry) -> TableEntry:
    columns = {name: column for name, column in part.columns.items() if name not in top.columns}
    return part.model_copy(update={"columns": columns})


def _state_table(table: TableEntry, optional: bool) -> TableEntry:
    stated: dict[str, object] = {
        "columns": {name: _state(column, optional) for name, column in table.columns.items()},
        "exclude": tuple(_state(rule, optional) for rule in table.exclude),
        "join": tuple(_state(join, optional) for join in table.join),
        "refund_mark": tuple(_state(rule, optional) for rule in table.refund_mark),
    }
    if table.parts is not None:
        stated["parts"] = {name: _state_table(part, optional) for name, part in table.parts.items()}
    if table.fallback is not None:
        stated["fallback"] = _state_table(table.fallback, optional)
    update = {name: entry for name, entry in stated.items() if name in table.model_fields_set}
    if table.file is not None or optional:
        update["optional"] = optional
    return table.model_copy(update=update)


def _state(entry: _Optional, optional: bool) -> _Optional:
    return entry if entry.optional is not None else entry.model_copy(update={"optional": optional})
