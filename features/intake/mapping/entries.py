"""The entries of a mapping file: texts, lists and tables under a key, and complaints of anything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as AnyMapping
from typing import Any

from features.intake.mapping.model import Conditions


def conditions(entry: AnyMapping[str, Any], key: str, where: str, problems: list[str]) -> Conditions:
    """Values by column, under a key."""
    found = table_of(entry, key, where, problems)
    return {column: texts(found, column, f"{where}.{key}", problems) for column in found}


def numbers(entry: AnyMapping[str, Any], key: str, where: str, problems: list[str]) -> tuple[int, ...]:
    """The list of whole numbers under a key."""
    found = entry.get(key, [])
    if isinstance(found, list) and all(type(one) is int for one in found):
        return tuple(found)
    problems.append(f"{where}: {key} must be a list of whole numbers")
    return ()


def truth(entry: AnyMapping[str, Any], key: str, where: str, problems: list[str]) -> bool:
    """Whether a key is true; false when it is not there."""
    found = entry.get(key, False)
    if not isinstance(found, bool):
        problems.append(f"{where}: {key} must be true or false")
    return found is True


def pairs(
    entry: AnyMapping[str, Any], key: str, where: str, problems: list[str]
) -> tuple[tuple[str, str], ...]:
    """The list of pairs of texts under a key."""
    found = entry.get(key, [])
    if isinstance(found, list) and all(isinstance(one, list) and len(one) == 2 for one in found):
        return tuple((text(one[0]), text(one[1])) for one in found)
    problems.append(f"{where}: {key} must be a list of pairs")
    return ()


def refuse_unknown(where: str, entry: AnyMapping[str, Any], known: set[str], problems: list[str]) -> None:
    """Complain of keys that the format does not have."""
    problems.extend(
        f"{where}: unknown entry {key} (known: {', '.join(sorted(known))})"
        for key in sorted(set(entry) - known)
    )


def table_of(entry: AnyMapping[str, Any], key: str, where: str, problems: list[str]) -> dict[str, Any]:
    """The table under a key; an empty one when it is not there."""
    found = entry.get(key, {})
    if isinstance(found, dict):
        return found
    problems.append(f"{where}: {key} must be a table")
    return {}


def tables_of(
    entry: AnyMapping[str, Any],
    key: str,
    where: str,
    keys: set[str],
    problems: list[str],
    beside: frozenset[str] = frozenset(),
) -> list[dict[str, Any]]:
    """The list of tables under a key; each has all of ``keys`` and may have those ``beside``."""
    found = entry.get(key, [])
    good = (
        [one for one in found if isinstance(one, dict) and keys <= set(one) <= keys | beside]
        if isinstance(found, list)
        else []
    )
    if not isinstance(found, list) or len(good) < len(found):
        problems.append(f"{where}: {key} must be a list of tables with {', '.join(sorted(keys))}")
    return good


def texts(entry: AnyMapping[str, Any], key: str, where: str, problems: list[str]) -> tuple[str, ...]:
    """The list of texts under a key."""
    found = entry.get(key, [])
    if not isinstance(found, list) or any(isinstance(one, (list, dict)) for one in found):
        problems.append(f"{where}: {key} must be a list of texts")
        return ()
    return tuple(text(one) for one in found)


def optional(entry: AnyMapping[str, Any], key: str) -> str | None:
    """The text under a key, if any."""
    return text(entry[key]) if key in entry else None


def text(value: Any) -> str:
    """A TOML value as a cell of the source would be written."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date) else str(value)
