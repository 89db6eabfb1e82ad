"""Values by category, level or segment: rows that name some keys, of which the most specific applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from features.contract.vocabulary import EMPLOYEE_CATEGORIES, GRADED_LEVELS
from features.message import Message

Number = int | float
Row = Mapping[str, Number | str]

KEYS: Mapping[str, tuple[str, ...] | None] = {
    "person_category": EMPLOYEE_CATEGORIES,
    "level": GRADED_LEVELS,
    "segment_from": None,
}
"""Keys of a row and their words; None for yuan. An ungraded institution, or a pharmacy, has the values of the level
that the policy assigns to it."""


def keys_of(row: Row) -> dict[str, Number | str]:
    """The keys that a row names."""
    return {key: value for key, value in row.items() if key in KEYS}


def matching(rows: Sequence[Row], keys: Mapping[str, Number | str], *, apart_from: str = "") -> list[Row]:
    """Rows whose keys all have these values."""
    return [
        row for row in rows if all(keys.get(key) == value for key, value in _named(row, apart_from).items())
    ]


def most_specific(rows: Sequence[Row], keys: Mapping[str, Number | str]) -> Row | None:
    """Of the rows that match these keys, the one with the most keys; None when none matches."""
    return max(matching(rows, keys), key=lambda row: len(keys_of(row)), default=None)


def gaps_and_ties(rows: Sequence[Row]) -> Iterator[tuple[Message, bool]]:
    """Every combination of keys for which no row applies (False), or two with equally many keys (True)."""
    named = [key for key in KEYS if any(key in row for row in rows)]
    choices = [
        KEYS[key] or sorted({0, *(row[key] for row in rows if key in row)}, key=float) for key in named
    ]
    for combination in product(*choices):
        keys = dict(zip(named, combination, strict=True))
        counts = sorted((len(keys_of(row)) for row in matching(rows, keys)), reverse=True)
        named_keys = [f"{key} = {value}" for key, value in keys.items()]
        what = Message("{keys}", keys=named_keys) if named_keys else Message("everything")
        if not counts:
            yield what, False
        elif counts[0] in counts[1:]:
            yield what, True


def _named(row: Row, apart_from: str) -> dict[str, Number | str]:
    return {key: value for key, value in keys_of(row).items() if key != apart_from}
