"""Find the records of a text file, and refuse quotes that make a cell of several lines.

A single stray quote mark makes a parser take all that follows, up to the next one, for the text of one cell. The rows
in between vanish. A cell may contain a line break only if its quotes close properly, and it is short.

The rules are those of the parser: a quote opens a cell only as its first character, two quotes are a quote, and text
after the closing quote belongs to the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from features.errors import WordedError
from features.message import Message

_Marks = np.ndarray[tuple[int], np.dtype[np.bool_]]
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34
_ENOUGH_FIELDS = 3
"""From this number of fields on, two whole lines in one record are no coincidence."""


class QuotingError(WordedError, ValueError):
    """Quotes do not close. The text names the line."""


@dataclass(frozen=True)
class Limits:
    """Limits of a cell: its bytes, and its line breaks."""

    cell: int
    breaks: int


@dataclass
class Records:
    """Counts the records of a file, which is added in blocks of whole lines.

    Attributes:
        delimiter: the separator of the cells.
        width: number of columns.
        limits: of a cell.
        line: number of the next line, for messages.
        records: records so far; empty lines are none.
        breaks: line breaks inside of cells.
    """

    delimiter: bytes
    width: int
    limits: Limits
    line: int
    records: int = 0
    breaks: int = 0
    _quoted: re.Pattern[bytes] = field(init=False)
    _plain: re.Pattern[bytes] = field(init=False)

    def __post_init__(self) -> None:
        end = rb"[^" + re.escape(self.delimiter) + rb"\r\n]*"
        self._quoted = re.compile(rb'"((?:[^"]|"")*+)"(' + end + rb")")
        self._plain = re.compile(end)

    def add(self, block: bytes, *, last: bool) -> int:
        """Count the records of a block; return how many bytes of it are used.

        Args:
            block: whole lines; of the last block, the last line may lack its end.
            last: whether the file ends with it.

        Raises:
            QuotingError: a quote does not close, or a cell is too long or holds too many lines.
        """
        self._refuse_long_lines(block)
        if b'"' not in block:
            self._count(block)
            return len(block)
        position = 0
        for begin in self._suspicious_lines(block):
            if begin < position:
                continue
            self._count(block[position:begin])
            end = self._record(block, begin, last=last)
            if end is None:
                return begin
            position = end
        self._count(block[position:])
        return len(block)

    def _count(self, block: bytes) -> None:
        """Count lines, none of which ends inside of a cell."""
        if not block:
            return
        ends = np.frombuffer(block, dtype=np.uint8) == _NEWLINE
        if _has_empty_lines(ends) or _has_other_ends(block):
            parts = block.splitlines()
            lines, filled = len(parts), sum(1 for part in parts if part)
        else:
            lines = filled = int(np.count_nonzero(ends)) + (not ends[-1])
        self.line += lines
        self.records += filled

    def _refuse_long_lines(self, block: bytes) -> None:
        """A line without a separator within the limit holds a cell beyond it."""
        position, limit = 0, self.limits.cell
        while len(block) - position > limit:
            ends = (block.rfind(mark, position, position + limit) for mark in (self.delimiter, b"\n", b"\r"))
            cut = next((end for end in ends if end >= 0), None)
            if cut is None:
                line = self.line + block.count(b"\n", 0, position)
                raise QuotingError(
                    Message(
                        "line {line:,}: a cell is longer than {limit:,} characters", line=line, limit=limit
                    )
                )
            position = cut + 1

    def _suspicious_lines(self, block: bytes) -> list[int]:
        """Where the lines begin whose quotes do not alternate between the start and the end of a cell."""
        array = np.frombuffer(block, dtype=np.uint8)
        quotes = np.flatnonzero(array == _QUOTE)
        ends = np.flatnonzero((array == _NEWLINE) | (array == _RETURN))
        of_line = np.searchsorted(ends, quotes)
        numbers, first = np.unique(of_line, return_index=True)
        place = np.arange(len(quotes)) - np.repeat(first, np.diff(np.append(first, len(quotes))))
        before = array[np.maximum(quotes - 1, 0)]
        after = array[np.minimum(quotes + 1, len(array) - 1)]
        edge = np.frombuffer(self.delimiter + b'\r\n"', dtype=np.uint8)
        opens = np.isin(before, edge) | (quotes == 0)
        closes = np.isin(after, edge) | (quotes == len(array) - 1)
        wrong = np.where(place % 2 == 0, ~opens, ~closes)
        odd = numbers[np.diff(np.append(first, len(quotes))) % 2 == 1]
        suspicious = np.union1d(odd, of_line[wrong])
        starts = np.concatenate([[0], ends + 1])
        return [int(start) for start in starts[suspicious]]

    def _record(self, block: bytes, begin: int, *, last: bool) -> int | None:
        """The end of the record that begins here; None if the block does not hold its end."""
        position, fields, several = begin, 0, False
        while True:
            if block[position : position + 1] == b'"':
                cell = self._quoted.match(block, position)
                if cell is None:
                    self._refuse_unclosed(block, position, last=last)
                    return None
                breaks = len((cell[1] + b"x").splitlines()) - 1
                if breaks:
                    self._check_cell(self.line + block.count(b"\n", begin, position), cell, breaks)
                    several = True
            else:
                cell = self._plain.match(block, position)
            fields += 1
            position = cell.end() if cell else position
            if block[position : position + 1] != self.delimiter:
                break
            position += 1
        text = block[begin:position]
        if several and (fields != self.width or self._holds_lines(text)):
            raise QuotingError(
                Message(
                    "line {line:,}: a quote joins this line to those below; a quote mark is missing or too many",
                    line=self.line,
                )
            )
        if block[position : position + 2] == b"\r\n":
            position += 2
        elif block[position : position + 1] in (b"\r", b"\n"):
            position += 1
        breaks = len(text.splitlines()) - 1 if text else 0
        self.line += breaks + 1
        self.breaks += max(breaks, 0)
        self.records += bool(text)
        return position

    def _check_cell(self, line: int, cell: re.Match[bytes], breaks: int) -> None:
        if cell[2]:
            raise QuotingError(
                Message(
                    "line {line:,}: a quote opens a cell that meets another quote in line {other:,}",
                    line=line,
                    other=line + breaks,
                )
            )
        if breaks > self.limits.breaks or len(cell[1]) > self.limits.cell:
            raise QuotingError(
                Message(
                    "line {line:,}: a quote opens a cell of {lines:,} lines (at most {most:,}); "
                    "a quote mark is missing or too many",
                    line=line,
                    lines=breaks + 1,
                    most=self.limits.breaks + 1,
                )
            )

    def _refuse_unclosed(self, block: bytes, position: int, *, last: bool) -> None:
        if last:
            raise QuotingError(
                Message("line {line:,}: a quote opens a cell that never closes", line=self.line)
            )
        if len(block) - position > self.limits.cell:
            raise QuotingError(
                Message(
                    "line {line:,}: a quote opens a cell that does not close within {limit:,} characters",
                    line=self.line,
                    limit=self.limits.cell,
                )
            )

    def _holds_lines(self, record: bytes) -> bool:
        """Whether two of the record's lines have as many fields as the file has columns."""
        if self.width < _ENOUGH_FIELDS:
            return False
        whole = [line.count(self.delimiter) + 1 == self.width for line in record.splitlines()]
        return sum(whole) > 1


def _has_empty_lines(ends: _Marks) -> bool:
    """Whether a line feed follows another, or begins the block; ``ends`` says of each byte whether it is one."""
    return bool(ends[0] or (ends[1:] & ends[:-1]).any())


def _has_other_ends(block: bytes) -> bool:
    """Whether lines end with a carriage return alone, or are empty but for one, so that each has to be looked at."""
    if b"\r" not in block:
        return False
    return block.count(b"\r\n") != block.count(b"\r") or block.startswith(b"\r") or b"\n\r" in block
