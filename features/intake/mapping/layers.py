"""Lays one mapping over another, table by table and column by column: a fund's own file over a preset."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any

_WHOLE = ("about", "optional", "options", "tables", "aliases", "codes", "absent_tables")


def laid_over(base: AnyMapping[str, Any], top: AnyMapping[str, Any]) -> dict[str, Any]:
    """The content of a mapping file in which what ``top`` says goes before what ``base`` says.

    A column, a code list or any other entry of a table is replaced as a whole.

    Args:
        base: content of a mapping file, well formed.
        top: another one.
    """
    lists = {key: {**base.get(key, {}), **top.get(key, {})} for key in ("aliases", "codes")}
    absent = [*base.get("absent_tables", []), *top.get("absent_tables", [])]
    mine, others = dict(base.get("tables", {})), top.get("tables", {})
    for name, entry in others.items():
        mine[name] = _table(mine.get(name, {}), entry)
    tables = {name: entry for name, entry in mine.items() if name not in absent}
    rest = {key: value for key, value in top.items() if key not in _WHOLE}
    return {**base, **rest, **lists, "absent_tables": absent, "tables": tables}


def required(content: AnyMapping[str, Any]) -> dict[str, Any]:
    """The content in which everything that its tables name must be there, whatever it is laid over."""
    tables = {name: _stated(entry, maybe=False) for name, entry in content.get("tables", {}).items()}
    return {**content, "tables": tables}


def optional(content: AnyMapping[str, Any]) -> dict[str, Any]:
    """The content in which everything that its tables name is taken where it is there."""
    tables = {name: _stated(entry, maybe=True) for name, entry in content.get("tables", {}).items()}
    return {**content, "tables": tables}


def _table(base: AnyMapping[str, Any], top: AnyMapping[str, Any]) -> dict[str, Any]:
    absent = set(top.get("absent", []))
    columns = {**base.get("columns", {}), **top.get("columns", {})}
    kept = {name: column for name, column in columns.items() if name not in absent}
    made = {**base, **top, "columns": kept}
    if "parts" in base:
        made["parts"] = dict(base["parts"])
    for part in base.get("parts", {}):
        # What is said of the whole table goes before what the parts below said.
        there = base["parts"][part].get("columns", {})
        left = {name: column for name, column in there.items() if name not in top.get("columns", {})}
        made["parts"] = {**made["parts"], part: {**base["parts"][part], "columns": left}}
    if "parts" in base and "parts" in top:
        names = dict.fromkeys([*base["parts"], *top["parts"]])
        made["parts"] = {
            name: _table(made["parts"].get(name, {}), top["parts"].get(name, {})) for name in names
        }
    elif "parts" in base and "file" in top:
        del made["parts"]  # one file in the place of several
    return made


def _stated(entry: AnyMapping[str, Any], *, maybe: bool) -> dict[str, Any]:
    """A table's entry whose columns, rules and joins say for themselves whether they may be lacking."""
    made = dict(entry)
    if "file" in entry or maybe:
        made["optional"] = maybe
    if "columns" in entry:
        made["columns"] = {name: _one(column, maybe) for name, column in entry["columns"].items()}
    if "parts" in entry:
        made["parts"] = {name: _stated(part, maybe=maybe) for name, part in entry["parts"].items()}
    if "fallback" in entry:
        made["fallback"] = _stated(entry["fallback"], maybe=maybe)
    for key in ("exclude", "join", "refund_mark"):
        if key in entry:
            made[key] = [{"optional": maybe, **rule} for rule in entry[key]]
    return made


def _one(column: Any, maybe: bool) -> dict[str, Any]:
    return {"optional": maybe, **({"from": column} if isinstance(column, str) else column)}
