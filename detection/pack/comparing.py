"""What differs between a pack and what it should be: file, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from detection.pack.layout import ADDED, MANIFEST, SUMS_OF_FILES, Members
from detection.pack.tables import csv_rows
from features.message import Message

_PRINTED = ("row", "sum", "pool_fen", "account_fen", "paid_pool_fen", "paid_account_fen", "fen")
"""Columns of money and of counts, whose values messages print; the others may hold ids, names, days or free text."""
_NUMBER = re.compile(r"(-?[0-9]{1,13})?", re.ASCII)
"""A number of at most 13 places: longer ones may be that of a resident."""
_EMPTY = "–"


def is_compared(path: str) -> bool:
    """Whether a rebuilt pack is compared in this member."""
    return not path.startswith(ADDED) and path not in (MANIFEST, SUMS_OF_FILES)


def differences(pack: Members, expected: Members) -> list[Message]:
    """Each difference of the members of a pack from what they should be, by path.

    Args:
        pack: as it is.
        expected: as it should be.
    """
    return [
        difference
        for path in sorted(pack.keys() | expected.keys())
        if pack.get(path) != expected.get(path)
        for difference in _of_member(path, pack.get(path), expected.get(path))
    ]


def _of_member(path: str, pack: bytes | None, expected: bytes | None) -> Iterator[Message]:
    if pack is None:
        yield Message("{file} is missing.", file=path)
    elif expected is None:
        yield Message("{file} should not be there.", file=path)
    else:
        parts = list(
            _of_table(path, pack, expected) if path.endswith(".csv") else _of_text(path, pack, expected)
        )
        yield from parts or [Message("{file} differs.", file=path)]


def _of_table(path: str, pack: bytes, expected: bytes) -> Iterator[Message]:
    """Rows and columns that differ; the first row is 1, without the heading."""
    try:
        there, wanted = csv_rows(pack), csv_rows(expected)
    except ValueError:  # no table any more
        yield from _of_text(path, pack, expected)
        return
    for number in range(1, max(len(there), len(wanted)) + 1):
        if number > len(there):
            yield Message("{file}, row {row:,} is missing.", file=path, row=number)
        elif number > len(wanted):
            yield Message("{file}, row {row:,} should not be there.", file=path, row=number)
        else:
            yield from _of_row(path, number, there[number - 1], wanted[number - 1])


def _of_row(path: str, number: int, there: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Message]:
    """Columns that differ; a heading that only the pack has may be anything, and is not repeated."""
    for column in wanted:
        cells = there.get(column, ""), wanted[column]
        if cells[0] == cells[1]:
            continue
        if column in _PRINTED and all(_NUMBER.fullmatch(cell) for cell in cells):
            yield Message(
                "{file}, row {row:,}, {column}: {there} instead of {wanted}.",
                file=path,
                row=number,
                column=column,
                there=cells[0] or _EMPTY,
                wanted=cells[1] or _EMPTY,
            )
        else:
            yield Message("{file}, row {row:,}, {column} differs.", file=path, row=number, column=column)


def _of_text(path: str, pack: bytes, expected: bytes) -> Iterator[Message]:
    """The first line that differs, and how many do."""
    there, wanted = pack.splitlines(), expected.splitlines()
    longest = max(len(there), len(wanted))
    lines = [number for number in range(longest) if there[number : number + 1] != wanted[number : number + 1]]
    if lines:
        yield Message(
            "{file} differs in {lines:,} lines, the first is line {line:,}.",
            file=path,
            lines=len(lines),
            line=lines[0] + 1,
        )
