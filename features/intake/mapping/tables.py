"""The tables of a mapping file: files, columns, rows that are left out, joins, parts."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any

from features.contract import TABLES, Kind, Table
from features.intake.mapping.entries import (
    conditions,
    numbers,
    optional,
    pairs,
    refuse_unknown,
    table_of,
    tables_of,
    text,
    texts,
    truth,
)
from features.intake.mapping.model import AGGREGATES, Case, ColumnMapping, Exclusion, Join, TableMapping
from features.intake.mapping.values import wrong_beside, wrong_values

TABLE_KEYS = {
    "file", "columns", "absent", "null", "day_precision", "date_formats", "time_formats", "month_formats", "exclude",
    "distinct", "join", "only", "link_reversals", "parts", "optional", "refund_mark", "fallback", "guessed",
}  # fmt: skip
COLUMN_KEYS = {
    "from", "constant", "sum", "first_of", "values", "match", "otherwise", "when_null", "formats", "null",
    "aggregate", "lengths", "replace", "cases", "only_when", "day_from", "not_before", "optional", "codes",
}  # fmt: skip
FORMATS = {"date_formats", "time_formats", "month_formats"}
_WAYS = ("from", "constant", "sum", "first_of")
_SUMMED = (Kind.MONEY, Kind.PRICE, Kind.QUANTITY, Kind.INTEGER)


def read_table(
    where: str, table: type[Table], entry: AnyMapping[str, Any], problems: list[str]
) -> TableMapping:
    """How a table is made, as its entry says; what is wrong with it is added to the problems.

    Args:
        where: the entry's name, for the problems.
        table: the contract's table.
        entry: what the file says of it.
        problems: gets one line for each thing that is wrong.
    """
    refuse_unknown(where, entry, TABLE_KEYS, problems)
    if "parts" in entry:
        return _parted(where, table, entry, problems)
    maybe = truth(entry, "optional", where, problems)
    columns = {
        name: _column(f"{where}.columns.{name}", table, name, value, maybe, problems)
        for name, value in table_of(entry, "columns", where, problems).items()
    }
    file, *others = _files(entry, where, table.table, problems)
    mapping = TableMapping(
        file=file,
        other_files=tuple(others),
        columns={name: column for name, column in columns.items() if column is not None},
        absent=frozenset(texts(entry, "absent", where, problems)),
        null=null_words(entry, where, problems),
        day_precision=frozenset(texts(entry, "day_precision", where, problems)),
        **formats_of(entry, where, problems),
        exclude=_exclusions(entry, where, maybe, problems),
        distinct=texts(entry, "distinct", where, problems),
        joins=_joins(entry, where, maybe, problems),
        only=conditions(entry, "only", where, problems),
        link_reversals=truth(entry, "link_reversals", where, problems),
        refund_mark=next(iter(_exclusions(entry, where, maybe, problems, "refund_mark")), None),
        fallback=_fallback(where, table, entry, problems),
        guessed=frozenset(texts(entry, "guessed", where, problems)),
    )
    if mapping.link_reversals and table is not TABLES["settlements"]:
        problems.append(f"{where}: link_reversals is for settlements only")
    _check_names(where, table, mapping, problems)
    problems.extend(wrong_values(where, table, mapping))
    _check_distinct(where, mapping, problems)
    return mapping


def _fallback(
    where: str, table: type[Table], entry: AnyMapping[str, Any], problems: list[str]
) -> TableMapping | None:
    if "fallback" not in entry:
        return None
    shared = {key: entry[key] for key in ("optional", "null", *FORMATS) if key in entry}
    own = table_of(entry, "fallback", where, problems)
    if "fallback" in own:
        problems.append(f"{where}.fallback: a fallback has none of its own")
        return None
    return read_table(f"{where}.fallback", table, shared | own, problems)


def _parted(where: str, table: type[Table], entry: AnyMapping[str, Any], problems: list[str]) -> TableMapping:
    """A table of several files: what stands beside the parts holds for each of them."""
    common = {key: value for key, value in entry.items() if key not in ("parts", "file")}
    if "file" in entry:
        problems.append(f"{where}: file stands in each part of a table in parts")
    parts: dict[str, TableMapping] = {}
    for name, part in table_of(entry, "parts", where, problems).items():
        if not isinstance(part, dict) or "parts" in part:
            problems.append(f"{where}.parts.{name}: must be a table without parts")
            continue
        columns = {**common.get("columns", {}), **part.get("columns", {})}
        parts[name] = read_table(
            f"{where}.parts.{name}", table, common | part | {"columns": columns}, problems
        )
    if not parts:
        problems.append(f"{where}: parts must name at least one part")
    return TableMapping(table.table, parts=parts)


def _files(entry: AnyMapping[str, Any], where: str, table: str, problems: list[str]) -> tuple[str, ...]:
    """The names that the table's file may have."""
    found = entry.get("file", table)
    return (texts(entry, "file", where, problems) or (table,)) if isinstance(found, list) else (text(found),)


def null_words(entry: AnyMapping[str, Any], where: str, problems: list[str]) -> tuple[str, ...]:
    """The words that mean null; an empty cell always does."""
    return ("", *(word for word in texts(entry, "null", where, problems) if word))


def formats_of(entry: AnyMapping[str, Any], where: str, problems: list[str]) -> dict[str, Any]:
    """The formats of dates, times and months, by the names of `TableMapping`."""
    return {key: texts(entry, key, where, problems) for key in sorted(FORMATS)}


def _column(
    where: str, table: type[Table], name: str, value: Any, maybe: bool, problems: list[str]
) -> ColumnMapping | None:
    if name not in table.columns:
        problems.append(f"{where}: {table.table} has no such column in the contract")
        return None
    if isinstance(value, str):
        return ColumnMapping(source=value, optional=maybe)
    if not isinstance(value, dict):
        problems.append(f"{where}: must be a column name or a table")
        return None
    refuse_unknown(where, value, COLUMN_KEYS, problems)
    ways = [way for way in _WAYS if way in value]
    if len(ways) != 1 and not (not ways and "cases" in value):
        problems.append(f"{where}: needs exactly one of {', '.join(_WAYS)}; has {', '.join(ways) or 'none'}")
        return None
    if "sum" in value and table.columns[name].kind not in _SUMMED:
        problems.append(f"{where}: a {table.columns[name].kind} cannot be added up")
    if value.get("aggregate", AGGREGATES[0]) not in AGGREGATES:
        problems.append(f"{where}: aggregate must be {' or '.join(AGGREGATES)}")
    if value.get("match", "exact") not in ("exact", "prefix"):
        problems.append(f"{where}: match must be exact or prefix")
    mapping = ColumnMapping(
        source=optional(value, "from"),
        constant=optional(value, "constant"),
        total=texts(value, "sum", where, problems),
        first_of=texts(value, "first_of", where, problems),
        values={key: text(to) for key, to in table_of(value, "values", where, problems).items()},
        by_prefix=value.get("match") == "prefix",
        otherwise=optional(value, "otherwise"),
        when_null=optional(value, "when_null"),
        formats=texts(value, "formats", where, problems),
        null=texts(value, "null", where, problems),
        aggregate=optional(value, "aggregate"),
        lengths=numbers(value, "lengths", where, problems),
        replace=pairs(value, "replace", where, problems),
        cases=_cases(value, where, problems),
        only_when=conditions(value, "only_when", where, problems),
        day_from=texts(value, "day_from", where, problems),
        not_before=optional(value, "not_before"),
        optional=truth(value, "optional", where, problems) or (maybe and "optional" not in value),
    )
    problems.extend(wrong_beside(where, table, name, mapping))
    return mapping


def _cases(value: AnyMapping[str, Any], where: str, problems: list[str]) -> tuple[Case, ...]:
    return tuple(
        Case(conditions(case, "when", f"{where}.cases", problems), text(case["value"]))
        for case in tables_of(value, "cases", where, {"when", "value"}, problems)
    )


def _check_names(where: str, table: type[Table], mapping: TableMapping, problems: list[str]) -> None:
    for name in sorted(mapping.absent):
        if name not in table.columns:
            problems.append(f"{where}.absent: {name} is not a column of the contract")
        elif name in mapping.columns:
            problems.append(f"{where}.absent: {name} is mapped as well")
    problems += [
        f"{where}.day_precision: {name} is not a time of {table.table}"
        for name in sorted(mapping.day_precision - set(table.of_kind(Kind.TIME)))
    ]


def _check_distinct(where: str, mapping: TableMapping, problems: list[str]) -> None:
    """In a table of distinct values every column is one of them, a constant, or an aggregate."""
    for name, column in mapping.columns.items():
        if column.aggregate and not mapping.distinct:
            problems.append(f"{where}.columns.{name}: aggregate needs distinct = [...] on the table")
        if mapping.distinct and not column.aggregate and not set(column.reads()) <= set(mapping.distinct):
            problems.append(
                f"{where}.columns.{name}: neither one of the distinct columns nor an aggregate (min or max)"
            )


def _exclusions(
    entry: AnyMapping[str, Any], where: str, maybe: bool, problems: list[str], key: str = "exclude"
) -> tuple[Exclusion, ...]:
    ways = ("values", "other_than", "differs_from")
    rules = tables_of(entry, key, where, {"column"}, problems, frozenset({*ways, "optional"}))
    problems.extend(
        f"{where}: {key} needs exactly one of {', '.join(ways)}"
        for rule in rules
        if sum(way in rule for way in ways) != 1
    )
    problems.extend(
        f"{where}: {key}: other_than names no value" for rule in rules if rule.get("other_than") == []
    )
    return tuple(
        Exclusion(
            text(rule["column"]),
            texts(rule, "values", f"{where}.{key}", problems),
            texts(rule, "other_than", f"{where}.{key}", problems),
            optional(rule, "differs_from"),
            truth(rule, "optional", f"{where}.{key}", problems) if "optional" in rule else maybe,
        )
        for rule in rules
    )


def _joins(entry: AnyMapping[str, Any], where: str, maybe: bool, problems: list[str]) -> tuple[Join, ...]:
    keys = {"file", "on", "key"}
    return tuple(
        Join(
            text(join["file"]),
            text(join["on"]),
            text(join["key"]),
            _exclusions(join, f"{where}.join", maybe, problems),
            truth(join, "optional", f"{where}.join", problems) if "optional" in join else maybe,
        )
        for join in tables_of(entry, "join", where, keys, problems, frozenset({"exclude", "optional"}))
    )
