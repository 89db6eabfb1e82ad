"""Reads a mapping file (docs/mapping.md) and reports everything that is wrong with it at once."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping as AnyMapping
from pathlib import Path
from typing import Any

from features.contract import TABLES, Kind, Table
from features.errors import MappingError
from features.intake.mapping import AGGREGATES, ColumnMapping, Exclusion, Join, Mapping, TableMapping
from features.intake.mapping_values import wrong_values

_TOP_KEYS = {"about", "absent_tables", "tables"}
_TABLE_KEYS = {
    "file", "columns", "absent", "null", "day_precision", "date_formats", "time_formats", "exclude", "distinct",
    "join",
}  # fmt: skip
_COLUMN_KEYS = {
    "from", "constant", "sum", "first_of", "values", "match", "otherwise", "when_null", "formats", "null",
    "aggregate",
}  # fmt: skip
_WAYS = ("from", "constant", "sum", "first_of")
_SUMMED = (Kind.MONEY, Kind.PRICE, Kind.QUANTITY, Kind.INTEGER)


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        MappingError: not there, not TOML, or with anything that the format does not know.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise MappingError(
            "The mapping file cannot be read.",
            where=f"{path.name}: {problem}",
            next_step="see docs/mapping.md",
        ) from None
    problems: list[str] = []
    mapping = _mapping(content, problems)
    if problems:
        raise MappingError(
            "The mapping file cannot be used.",
            where=path.name,
            problems=problems,
            next_step="correct these entries; docs/mapping.md describes the format",
        )
    return mapping


def _mapping(content: AnyMapping[str, Any], problems: list[str]) -> Mapping:
    _refuse_unknown("the file", content, _TOP_KEYS, problems)
    tables = {}
    for name, entry in _table_of(content, "tables", "the file", problems).items():
        if name not in TABLES:
            problems.append(f"tables.{name}: not a table of the contract")
        elif not isinstance(entry, dict):
            problems.append(f"tables.{name}: must be a table")
        else:
            tables[name] = _table(TABLES[name], entry, problems)
    absent = _texts(content, "absent_tables", "the file", problems)
    for name in absent:
        if name not in TABLES:
            problems.append(f"absent_tables: {name} is not a table of the contract")
        elif name in tables:
            problems.append(f"absent_tables: {name} is mapped as well")
    return Mapping(tables, frozenset(absent))


def _table(table: type[Table], entry: AnyMapping[str, Any], problems: list[str]) -> TableMapping:
    where = f"tables.{table.table}"
    _refuse_unknown(where, entry, _TABLE_KEYS, problems)
    columns = {
        name: _column(f"{where}.columns.{name}", table, name, value, problems)
        for name, value in _table_of(entry, "columns", where, problems).items()
    }
    mapping = TableMapping(
        file=_text(entry.get("file", table.table)),
        columns={name: column for name, column in columns.items() if column is not None},
        absent=frozenset(_texts(entry, "absent", where, problems)),
        null=("", *(word for word in _texts(entry, "null", where, problems) if word)),
        day_precision=frozenset(_texts(entry, "day_precision", where, problems)),
        date_formats=_texts(entry, "date_formats", where, problems),
        time_formats=_texts(entry, "time_formats", where, problems),
        exclude=_exclusions(entry, where, problems),
        distinct=_texts(entry, "distinct", where, problems),
        joins=_joins(entry, where, problems),
    )
    _check_names(where, table, mapping, problems)
    problems.extend(wrong_values(where, table, mapping))
    _check_distinct(where, mapping, problems)
    return mapping


def _column(
    where: str, table: type[Table], name: str, value: Any, problems: list[str]
) -> ColumnMapping | None:
    if name not in table.columns:
        problems.append(f"{where}: {table.table} has no such column in the contract")
        return None
    if isinstance(value, str):
        return ColumnMapping(source=value)
    if not isinstance(value, dict):
        problems.append(f"{where}: must be a column name or a table")
        return None
    _refuse_unknown(where, value, _COLUMN_KEYS, problems)
    ways = [way for way in _WAYS if way in value]
    if len(ways) != 1:
        problems.append(f"{where}: needs exactly one of {', '.join(_WAYS)}; has {', '.join(ways) or 'none'}")
        return None
    if "sum" in value and table.columns[name].kind not in _SUMMED:
        problems.append(f"{where}: a {table.columns[name].kind} cannot be added up")
    if value.get("aggregate", AGGREGATES[0]) not in AGGREGATES:
        problems.append(f"{where}: aggregate must be {' or '.join(AGGREGATES)}")
    if value.get("match", "exact") not in ("exact", "prefix"):
        problems.append(f"{where}: match must be exact or prefix")
    return ColumnMapping(
        source=_optional(value, "from"),
        constant=_optional(value, "constant"),
        total=_texts(value, "sum", where, problems),
        first_of=_texts(value, "first_of", where, problems),
        values={key: _text(to) for key, to in _table_of(value, "values", where, problems).items()},
        by_prefix=value.get("match") == "prefix",
        otherwise=_optional(value, "otherwise"),
        when_null=_optional(value, "when_null"),
        formats=_texts(value, "formats", where, problems),
        null=_texts(value, "null", where, problems),
        aggregate=_optional(value, "aggregate"),
    )


def _check_names(where: str, table: type[Table], mapping: TableMapping, problems: list[str]) -> None:
    for name in sorted(mapping.absent):
        if name not in table.columns:
            problems.append(f"{where}.absent: {name} is not a column of the contract")
        elif name in mapping.columns:
            problems.append(f"{where}.absent: {name} is mapped as well")
    for name in sorted(mapping.day_precision):
        if name not in table.of_kind(Kind.TIME):
            problems.append(f"{where}.day_precision: {name} is not a time of {table.table}")


def _check_distinct(where: str, mapping: TableMapping, problems: list[str]) -> None:
    """In a table of distinct values every column is one of them, a constant, or an aggregate."""
    for name, column in mapping.columns.items():
        if column.aggregate and not mapping.distinct:
            problems.append(f"{where}.columns.{name}: aggregate needs distinct = [...] on the table")
        if mapping.distinct and not column.aggregate and not set(column.reads()) <= set(mapping.distinct):
            problems.append(
                f"{where}.columns.{name}: neither one of the distinct columns nor an aggregate (min or max)"
            )


def _exclusions(entry: AnyMapping[str, Any], where: str, problems: list[str]) -> tuple[Exclusion, ...]:
    return tuple(
        Exclusion(_text(rule["column"]), _texts(rule, "values", f"{where}.exclude", problems))
        for rule in _tables_of(entry, "exclude", where, {"column", "values"}, problems)
    )


def _joins(entry: AnyMapping[str, Any], where: str, problems: list[str]) -> tuple[Join, ...]:
    return tuple(
        Join(_text(join["file"]), _text(join["on"]), _text(join["key"]))
        for join in _tables_of(entry, "join", where, {"file", "on", "key"}, problems)
    )


def _refuse_unknown(where: str, entry: AnyMapping[str, Any], known: set[str], problems: list[str]) -> None:
    problems.extend(
        f"{where}: unknown entry {key} (known: {', '.join(sorted(known))})"
        for key in sorted(set(entry) - known)
    )


def _table_of(entry: AnyMapping[str, Any], key: str, where: str, problems: list[str]) -> dict[str, Any]:
    found = entry.get(key, {})
    if isinstance(found, dict):
        return found
    problems.append(f"{where}: {key} must be a table")
    return {}


def _tables_of(
    entry: AnyMapping[str, Any], key: str, where: str, keys: set[str], problems: list[str]
) -> list[dict[str, Any]]:
    found = entry.get(key, [])
    good = (
        [one for one in found if isinstance(one, dict) and set(one) == keys]
        if isinstance(found, list)
        else []
    )
    if not isinstance(found, list) or len(good) < len(found):
        problems.append(f"{where}: {key} must be a list of tables with {', '.join(sorted(keys))}")
    return good


def _texts(entry: AnyMapping[str, Any], key: str, where: str, problems: list[str]) -> tuple[str, ...]:
    found = entry.get(key, [])
    if not isinstance(found, list) or any(isinstance(one, (list, dict)) for one in found):
        problems.append(f"{where}: {key} must be a list of texts")
        return ()
    return tuple(_text(one) for one in found)


def _optional(entry: AnyMapping[str, Any], key: str) -> str | None:
    return _text(entry[key]) if key in entry else None


def _text(value: Any) -> str:
    """A TOML value as a cell of the source would be written."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date) else str(value)
