"""Rows of a CSV file or of the first filled sheet of a workbook, as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detection.leads.limits import limits
from features.errors import InputError
from features.intake.reading.contents import DamagedFileError
from features.intake.reading.workbooks import first_rows

_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
"""How workbooks begin: .xlsx and .xls."""
_SEPARATORS = (",", "\t", ";", "，")


@dataclass(frozen=True)
class TableRow:
    """A row with cells: its number in the file (1 is the first line), and its cells without blanks around them."""

    number: int
    cells: tuple[str, ...]


def table_rows(content: bytes, name: str) -> list[TableRow]:
    """All rows that have a cell, the header among them.

    Args:
        content: of the file.
        name: of the file, for errors.

    Raises:
        InputError: it is too large, or neither a workbook nor text in UTF-8 or GB 18030.
    """
    if len(content) > limits().most_bytes:
        raise InputError(
            "A file of leads has {most:,} bytes at most.",
            where=name,
            next_step="split it",
            most=limits().most_bytes,
        )
    rows = _workbook(content, name) if content.startswith(_WORKBOOKS) else _text(content, name)
    cleaned = (TableRow(number, tuple(cell.strip() for cell in cells)) for number, cells in rows)
    return [row for row in cleaned if any(row.cells)]


def _workbook(content: bytes, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        for number, cells in enumerate(first_rows(content), 1):
            yield number, [cell or "" for cell in cells]
    except DamagedFileError as error:
        raise InputError(error.message, where=name) from None


def _text(content: bytes, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    text = _decoded(content, name)
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        raise InputError(
            "This is no table of comma-separated values.",
            where=name,
            next_step="save it as CSV UTF-8 or .xlsx",
        ) from None


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        "The file is neither a workbook nor text in UTF-8 or GB 18030.",
        where=name,
        next_step="save it as CSV UTF-8 or .xlsx",
    )
