"""Values by category, level or segment: rows that name some keys, of which the most specific holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

Number = int | float
Row = Mapping[str, Number | str]

KEYS: Mapping[str, tuple[str, ...] | None] = {
    "person_category": ("active", "flexible", "retired"),
    "level": ("primary", "secondary", "tertiary"),
    "segment_from": None,
}
"""What a row may name, and the words it may name it by; None for yuan. An ungraded institution, or a pharmacy,
has the values of the level that the policy says."""


def keys_of(row: Row) -> dict[str, Number | str]:
    """What a row names."""
    return {key: value for key, value in row.items() if key in KEYS}


def matching(rows: Sequence[Row], keys: Mapping[str, Number | str], *, apart_from: str = "") -> list[Row]:
    """Rows that name nothing else than these keys say."""
    return [
        row for row in rows if all(keys.get(key) == value for key, value in _named(row, apart_from).items())
    ]


def most_specific(rows: Sequence[Row], keys: Mapping[str, Number | str]) -> Row | None:
    """Of the rows that agree with these keys, the one that names most; None when no row agrees."""
    return max(matching(rows, keys), key=lambda row: len(keys_of(row)), default=None)


def gaps_and_ties(rows: Sequence[Row]) -> Iterator[tuple[str, bool]]:
    """Every combination of keys for which no row holds (False), or two that name equally many (True)."""
    named = [key for key in KEYS if any(key in row for row in rows)]
    said = [KEYS[key] or sorted({0, *(row[key] for row in rows if key in row)}, key=float) for key in named]
    for one in product(*said):
        keys = dict(zip(named, one, strict=True))
        counts = sorted((len(keys_of(row)) for row in matching(rows, keys)), reverse=True)
        what = ", ".join(f"{key} = {value}" for key, value in keys.items()) or "everything"
        if not counts:
            yield what, False
        elif counts[0] in counts[1:]:
            yield what, True


def _named(row: Row, apart_from: str) -> dict[str, Number | str]:
    return {key: value for key, value in keys_of(row).items() if key != apart_from}
