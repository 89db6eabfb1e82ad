"""Values of evidence columns as the store keeps them: JSON by column, without those that are not known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Value = str | int | float | list[Any]
"""Text (ids, codes, ISO days and times), fen and counts, kilometers, or a list: items as name and fen, a point."""
Proof = Mapping[str, Value]
"""What the store keeps of one row of evidence, by column."""


def to_text(values: Mapping[str, Any]) -> str | None:
    """One row as stable JSON; None where nothing is known."""
    known = {name: _plain(value) for name, value in values.items() if _is_known(value)}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":")) if known else None


def items_of(value: Value) -> list[tuple[str, int]]:
    """Names and fen of a value of kind ``items``."""
    return [(str(name), int(fen)) for name, fen in value] if isinstance(value, list) else []


def _is_known(value: Any) -> bool:
    return value is not None and value not in ("", [])


def _plain(value: Any) -> Value:
    """Structures of a frame as lists, which JSON keeps."""
    if isinstance(value, list):
        return [list(part.values()) if isinstance(part, Mapping) else part for part in value]
    cell: Value = value
    return cell
