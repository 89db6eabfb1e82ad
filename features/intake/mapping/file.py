"""Reads a mapping file (docs/mapping.md) and reports everything that is wrong with it at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from features.contract import TABLES
from features.errors import MappingError
from features.intake.mapping.entries import refuse_unknown, table_of, texts, truth
from features.intake.mapping.model import Mapping, TableMapping
from features.intake.mapping.tables import FORMATS, formats_of, null_words, read_table

TOP_KEYS = {
    "about", "absent_tables", "tables", "optional", "loose_names", "aliases", "null", "date_formats", "time_formats",
    "month_formats", "options", "codes",
}  # fmt: skip
_LIST_KEYS = {"about", "source", "sure", "values", "match", "lengths", "otherwise"}


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        MappingError: not there, not TOML, or with anything that the format does not know.
    """
    content = read_toml(path)
    if "options" in content:
        refuse(path.name, ["options: only an import preset has options (--preset)"])
    return parsed(content, path.name)


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a mapping file, not yet looked at.

    Raises:
        MappingError: not there, or not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise MappingError(
            "The mapping file cannot be read.",
            where=f"{path.name}: {problem}",
            next_step="see docs/mapping.md",
        ) from None


def parsed(content: AnyMapping[str, Any], name: str) -> Mapping:
    """The mapping that the content of a file describes.

    Raises:
        MappingError: anything that the format does not know.
    """
    problems: list[str] = []
    mapping = _mapping(content, problems)
    refuse(name, problems)
    return mapping


def refuse(name: str, problems: Sequence[str]) -> None:
    """Complain of everything that is wrong with a mapping file.

    Raises:
        MappingError: there is anything.
    """
    if problems:
        raise MappingError(
            "The mapping file cannot be used.",
            where=name,
            problems=problems,
            next_step="correct these entries; docs/mapping.md describes the format",
        )


def _mapping(content: AnyMapping[str, Any], problems: list[str]) -> Mapping:
    refuse_unknown("the file", content, TOP_KEYS, problems)
    lists = _code_lists(content, problems)
    shared = {key: content[key] for key in ("optional", "null", *FORMATS) if key in content}
    tables: dict[str, TableMapping] = {}
    named = table_of(content, "tables", "the file", problems)
    for name, entry in named.items():
        if name not in TABLES:
            problems.append(f"tables.{name}: not a table of the contract")
        elif not isinstance(entry, dict):
            problems.append(f"tables.{name}: must be a table")
        else:
            spelt = with_codes(entry, lists, f"tables.{name}", problems)
            tables[name] = read_table(f"tables.{name}", TABLES[name], shared | spelt, problems)
    absent = texts(content, "absent_tables", "the file", problems)
    for name in absent:
        if name not in TABLES:
            problems.append(f"absent_tables: {name} is not a table of the contract")
        elif name in tables:
            problems.append(f"absent_tables: {name} is mapped as well")
    aliases = table_of(content, "aliases", "the file", problems)
    optional_tables = {name for name in tables if (shared | named[name]).get("optional") is True}
    return Mapping(
        tables,
        frozenset(absent),
        optional=frozenset(optional_tables),
        loose=truth(content, "loose_names", "the file", problems),
        aliases={name: texts(aliases, name, "aliases", problems) for name in aliases},
        plain=TableMapping(
            "", null=null_words(content, "the file", problems), **formats_of(content, "the file", problems)
        ),
    )


def _code_lists(content: AnyMapping[str, Any], problems: list[str]) -> dict[str, dict[str, Any]]:
    """The code lists that columns name, without what they say of themselves."""
    lists: dict[str, dict[str, Any]] = {}
    for name, entry in table_of(content, "codes", "the file", problems).items():
        if not isinstance(entry, dict) or "values" not in entry:
            problems.append(f"codes.{name}: must be a table with values")
            continue
        refuse_unknown(f"codes.{name}", entry, _LIST_KEYS, problems)
        lists[name] = {key: entry[key] for key in ("values", "match", "lengths", "otherwise") if key in entry}
    return lists


def with_codes(
    entry: AnyMapping[str, Any], lists: AnyMapping[str, dict[str, Any]], where: str, problems: list[str]
) -> dict[str, Any]:
    """A table's entry in which each column has the code list that it names."""

    def spelt(name: str, column: Any) -> Any:
        if not isinstance(column, dict) or "codes" not in column:
            return column
        if column["codes"] not in lists:
            problems.append(f"{where}.columns.{name}: there is no code list {column['codes']}")
        return {**lists.get(column["codes"], {}), **{key: column[key] for key in column if key != "codes"}}

    made = dict(entry)
    if isinstance(entry.get("columns"), dict):
        made["columns"] = {name: spelt(name, column) for name, column in entry["columns"].items()}
    if isinstance(entry.get("fallback"), dict):
        made["fallback"] = with_codes(entry["fallback"], lists, f"{where}.fallback", problems)
    if isinstance(entry.get("parts"), dict):
        made["parts"] = {
            name: with_codes(part, lists, f"{where}.parts.{name}", problems)
            if isinstance(part, dict)
            else part
            for name, part in entry["parts"].items()
        }
    return made
