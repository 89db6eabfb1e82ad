"""Write the tables of a draft mapping file as TOML, with comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = 60


@dataclass(frozen=True)
class DraftColumn:
    """A column of a draft, and what its reader has to know: ``guess: …`` where it is not certain."""

    value: Value
    comment: str = ""


@dataclass
class DraftTable:
    """A table of a draft.

    Attributes:
        entries: entries of the table other than columns and parts.
        columns: columns by contract name.
        parts: parts by name.
        comment: what its reader has to know.
    """

    entries: dict[str, Value] = field(default_factory=dict)
    columns: dict[str, DraftColumn] = field(default_factory=dict)
    parts: dict[str, DraftTable] = field(default_factory=dict)
    comment: str = ""


@dataclass
class Draft:
    """A draft mapping file: entries of the file, and tables by contract name."""

    entries: dict[str, Value] = field(default_factory=dict)
    tables: dict[str, DraftTable] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The file."""
        lines = [f"# {comment}" for comment in self.comments]
        lines += [f"{key} = {literal(value)}" for key, value in self.entries.items()]
        for name, table in self.tables.items():
            lines += _table(f"tables.{name}", table)
        return "\n".join(lines) + "\n"

    @property
    def guesses(self) -> int:
        """Number of columns and tables that are guesses."""
        return sum(line.count("# guess") for line in self.text().splitlines())


def literal(value: Value) -> str:
    """A value as it is written on one line."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            if not value:
                return "{}"
            return "{ " + ", ".join(f"{_key(key)} = {literal(item)}" for key, item in value.items()) + " }"
    return "[" + ", ".join(literal(item) for item in value) + "]"


def _table(path: str, table: DraftTable) -> Iterator[str]:
    yield ""
    if table.comment:
        yield f"# {table.comment}"
    yield f"[{path}]"
    yield from (f"{key} = {literal(value)}" for key, value in table.entries.items())
    if table.columns:
        yield f"\n[{path}.columns]"
    for name, column in table.columns.items():
        text = f"{_key(name)} = {literal(column.value)}"
        if column.comment and len(text) > _SHORT:
            yield f"# {name}: {column.comment}"
        yield text + (f"  # {column.comment}" if column.comment and len(text) <= _SHORT else "")
    for name, part in table.parts.items():
        yield from _table(f"{path}.parts.{_key(name)}", part)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
