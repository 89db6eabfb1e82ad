"""Recognize how the cells of a text file are laid out: the separator, and the line of the header.

Exports of spreadsheets have titles above the header, and many programs write semicolons, tabs or bars for commas.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from features.intake.mapping.model import LayoutRequest

SEPARATORS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    "^": "^",
    "~": "~",
    "\x01": "\\x01",
}
"""Separators that are recognized, the usual first, with their names."""
LINES = 12
"""Lines at the start of a file among which the header is searched."""
_HEADER_SHARE = 0.6
"""Share of a header's cells that have a name. Lines with fewer are titles, units or dates of the report."""
_QUOTED = re.compile("'.*'")
_BLANK_NAME = " \t\r\n\u00a0\u3000\ufeff\u200b\u200c\u200d\u2060"


@dataclass(frozen=True)
class Layout:
    """How a file is laid out.

    Attributes:
        delimiter: the separator of its cells.
        skipped: lines above the rows: titles and the header.
        names: the names of its columns, as they are written in the header.
        notes: what differs from commas and a header in the first line, one sentence each.
    """

    delimiter: str
    skipped: int
    names: tuple[str, ...]
    notes: tuple[str, ...] = ()


def recognize(lines: Sequence[str], request: LayoutRequest) -> Layout:
    """The layout of a text file.

    Args:
        lines: the first lines of the file, without their ends.
        request: what the mapping states.
    """
    texts, ends = _joined(lines)
    start = [text for text in texts if text]
    delimiter = request.delimiter or _delimiter(start)
    layout = of_rows([_cells(text, delimiter) for text in texts], request, ends)
    notes = layout.notes
    if delimiter != "," and request.delimiter is None:
        notes = (f"cells are separated by {SEPARATORS[delimiter]} (setting: delimiter)", *notes)
    return Layout(delimiter, layout.skipped, layout.names, notes)


def of_rows(
    records: Sequence[Sequence[str | None]], request: LayoutRequest, ends: Sequence[int] | None = None
) -> Layout:
    """The header among the first records of a file.

    Args:
        records: the first records, empty cells as None or an empty text.
        request: what the mapping states.
        ends: number of the last line of each record; None where each has one line.
    """
    last_lines = range(1, len(records) + 1) if ends is None else ends
    if request.header_line is None:
        header = _header(records)
    else:
        header = next(
            (place for place, end in enumerate(last_lines) if end >= request.header_line), len(records)
        )
    if header >= len(records):
        return Layout(",", request.header_line or 1, ())
    above = last_lines[header - 1] if header else 0
    notes: tuple[str, ...] = ()
    if above and request.header_line is None:
        title = "line 1 is" if above == 1 else f"lines 1 to {above} are"
        notes = (f"{title} taken for a title; the header is line {above + 1} (setting: header_line)",)
    names = _with_last(_names(records[header]), records[header + 1 :])
    return Layout(",", last_lines[header], names, notes)


def _joined(lines: Sequence[str]) -> tuple[list[str], list[int]]:
    """The first records: a line whose quotes do not close goes on in the next. With the number of their last lines."""
    texts: list[str] = []
    ends: list[int] = []
    for number, line in enumerate(lines[:LINES], 1):
        if texts and texts[-1].count('"') % 2:
            texts[-1] += "\n" + line
            ends[-1] = number
        else:
            texts.append(line)
            ends.append(number)
    if texts and texts[0].count('"') % 2:  # a stray quote; the scan of the whole file names its line
        return list(lines[:LINES]), list(range(1, len(lines[:LINES]) + 1))
    return texts, ends


def _names(cells: Sequence[str | None]) -> tuple[str, ...]:
    """Column names; a blank name becomes its place, so that two blank names differ."""
    names = [" ".join((cell or "").strip(_BLANK_NAME).splitlines()) for cell in cells]
    if len(names) > 1 and all(_QUOTED.fullmatch(name) for name in names):
        names = [name[1:-1] for name in names]
    if not any(names):
        return ()
    return tuple(name or f"(column {place})" for place, name in enumerate(names, 1))


def _with_last(names: tuple[str, ...], rows: Sequence[Sequence[str | None]]) -> tuple[str, ...]:
    """The names with one more where each row ends with a separator, and the header does not."""
    filled = [row for row in rows if any(row)]
    longer = [row for row in filled if len(row) == len(names) + 1 and not (row[-1] or "").strip(_BLANK_NAME)]
    if not names or not filled or len(longer) < len(filled):
        return names
    return (*names, f"(column {len(names) + 1})")


def _header(records: Sequence[Sequence[str | None]]) -> int:
    """The first record whose cells have names, if only sparser records are above it."""
    filled = [sum(bool((cell or "").strip(_BLANK_NAME)) for cell in record) for record in records]
    widest = max(filled, default=0)
    for place, count in enumerate(filled):
        if count > 1 and count >= _HEADER_SHARE * widest:
            return place
    return 0


def _delimiter(lines: Sequence[str]) -> str:
    """The separator that makes the most cells of a line; commas where none does."""
    usual, *others = SEPARATORS
    occurring = [each for each in others if any(each in line for line in lines)]
    return max([usual, *occurring], key=lambda separator: _width(lines, separator))


def _width(lines: Sequence[str], separator: str) -> int:
    """The usual number of cells of a line, for this separator."""
    widths = Counter(len(_cells(line, separator)) for line in lines)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _cells(line: str, separator: str) -> list[str | None]:
    try:
        return list(next(csv.reader([line], delimiter=separator), []))
    except csv.Error:
        return [line]
