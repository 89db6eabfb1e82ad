"""Clean the cells of a batch: blanks around values, words for nothing, and what spreadsheets put around ids.

Blanks are those of every alphabet, with zero-width characters. ``="123"`` and ``'123`` keep a spreadsheet from reading
an id as a number; the id is 123. Nearly all columns need nothing: the bytes of the whole column decide that at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

BLANKS = " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Blanks that are removed at both ends of a cell."""
_ZERO_WIDTH = "\0\u200b\u200c\u200d\u2060\ufeff\u00ad"
_NULL_WORDS = frozenset(
    (
        "null",
        "none",
        "nan",
        "nil",
        "nat",
        "n/a",
        "#n/a",
        "<na>",
        "<null>",
        "(null)",
        "[null]",
        "\\n",
        "undefined",
    )
)
_SPREADSHEET_ERRORS = frozenset(("#null!", "#ref!", "#value!", "#name?", "#num!", "#div/0!"))
_UPPER_WORD = "NA"
_DASHES = frozenset(("-", "--", "/", "无", "空"))
_LONGEST_DASH = 2
_GUARDED = r"""^=\s*"[^"]*"$|^'[0-9A-Za-z]+$|^'[^']*'$"""
_GUARD = r"""^=\s*"|^'|["']$"""

BLANK, NOTHING, GUARD, FRACTION = "blanks around", "words for nothing", "spreadsheet guards", "a fraction .0"
"""What is cleaned, as it is counted."""

_DIGITS = b"0123456789"
_PLAIN = _DIGITS + b"-:._"
_PLAIN_ID = _DIGITS + b"-_"
_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HIGH = bytes(range(0x80, 0x100))
_WIDE = tuple(character.encode() for character in BLANKS + _ZERO_WIDTH if not character.isascii())
_NEEDLES = tuple(word.encode() for word in ("null", "none", "nan", "nil", "nat", "undefined"))
_WIDE_WORDS = ("无".encode(), "空".encode())

_Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]


@dataclass
class Cleaner:
    """Cleans the text columns of batches.

    Attributes:
        ids: columns that hold ids.
        kept: words, in lower case, that the mapping reads as values, so that they do not mean nothing.
        counts: cleaned cells, by column and what was cleaned.
    """

    ids: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def clean(self, batch: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
        """The batch with clean cells in these text columns."""
        for name in names:
            batch = batch.with_columns(self._column(batch[name]))
        return batch

    def suspects(self, batch: pa.RecordBatch) -> list[str]:
        """Text columns in which a cell may need cleaning; others certainly need none."""
        return [
            name
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
            if _is_text(column.type) and self._suspect(name, _with_offsets(column))
        ]

    def _suspect(self, name: str, column: pa.Array) -> bool:
        content = column.buffers()[2]
        if content is None:
            return False
        data = content.to_pybytes()
        if b"-" in data and _has_dash(column):
            return True
        plain = _PLAIN_ID if name in self.ids else _PLAIN
        rest = data.translate(None, plain)
        if len(rest) * 2 > len(data):  # words, of which many are the same
            column = column.unique()
            data = column.buffers()[2].to_pybytes()
            rest = data.translate(None, plain)
        if not rest:
            return False
        ascii_rest = rest.translate(None, _HIGH)
        if len(ascii_rest) < len(rest) and any(mark in rest for mark in (*_WIDE, *_WIDE_WORDS)):
            return True
        if name in self.ids and (b"." in rest or b"+" in rest):
            return True
        if ascii_rest.translate(None, _LETTERS) and _has_edge(column, data):
            return True
        if b"NA" in ascii_rest:
            return True
        lower = ascii_rest.lower()
        if b"n" not in lower or not _begins_like_word(column, data):
            return False
        return any(needle in lower for needle in _NEEDLES)

    def _column(self, cells: pl.Series) -> pl.Series:
        name, is_id = cells.name, cells.name in self.ids
        text = cells.cast(pl.String)
        bare = text.str.replace_all(f"[{_ZERO_WIDTH}]", "").str.strip_chars(BLANKS)
        self._count(name, BLANK, (bare != text) & (bare != ""))
        guarded = bare.str.contains(_GUARDED)
        if guarded.any():
            self._count(name, GUARD, guarded)
            free = bare.str.replace_all(_GUARD, "").str.strip_chars(BLANKS)
            bare = bare.zip_with(~guarded.fill_null(value=False), free)
        if is_id:
            whole = bare.str.contains(r"^[0-9]{1,15}\.0+$")
            if whole.any():
                self._count(name, FRACTION, whole)
                bare = bare.zip_with(~whole.fill_null(value=False), bare.str.replace(r"\.0+$", ""))
        words = (_NULL_WORDS | _SPREADSHEET_ERRORS | _DASHES) - self.kept
        nothing = bare.str.to_lowercase().is_in(sorted(words))
        if _UPPER_WORD.lower() not in self.kept:
            nothing |= bare == _UPPER_WORD
        self._count(name, NOTHING, nothing)
        empty = nothing.fill_null(value=False) | (bare == "").fill_null(value=False)
        return bare.set(empty, None).alias(name)

    def _count(self, name: str, what: str, cells: pl.Series) -> None:
        count = int(cells.sum())
        if count:
            self.counts[name, what] += count


def _has_dash(column: pa.Array) -> bool:
    """Whether a cell may be a dash and nothing else."""
    lengths = np.diff(_ends(column))
    return bool(((lengths > 0) & (lengths <= _LONGEST_DASH)).any())


def _with_offsets(column: pa.Array) -> pa.Array:
    """A text column whose cells follow each other in one buffer, as `_ends` reads them."""
    return column.cast(pa.large_string()) if pa.types.is_string_view(column.type) else column


def _ends(column: pa.Array) -> npt.NDArray[np.integer[Any]]:
    """Where the cells of a column end in its bytes, after where the first begins."""
    offsets = column.buffers()[1]
    ends: npt.NDArray[np.integer[Any]] = (
        np.frombuffer(offsets, dtype=np.int64)
        if pa.types.is_large_string(column.type)
        else np.frombuffer(offsets, dtype=np.int32)
    )
    return ends[column.offset : column.offset + len(column) + 1]


def _has_edge(column: pa.Array, data: bytes) -> bool:
    """Whether a cell begins or ends with a blank, or begins like a guard or a word for nothing."""
    first, last = _edges(column, data)
    return bool(_BEGINS[first].any() or _ENDS[last].any())


def _begins_like_word(column: pa.Array, data: bytes) -> bool:
    """Whether a cell begins with the first letter of a word for nothing; what precedes it is an edge (`_has_edge`)."""
    return bool(_INITIALS[_edges(column, data)[0]].any())


def _edges(column: pa.Array, data: bytes) -> tuple[_Bytes, _Bytes]:
    """First and last byte of each cell that is not empty."""
    ends = _ends(column)
    content = np.frombuffer(data, dtype=np.uint8)
    filled = ends[1:] > ends[:-1]
    return content[ends[:-1][filled]], content[ends[1:][filled] - 1]


def _marks(characters: bytes) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each byte, whether it is one of these."""
    marks = np.zeros(256, dtype=np.bool_)
    marks[list(characters)] = True
    return marks


_ENDS = _marks(b" \t\r\n\v\f\0")
_INITIALS = _marks(b"nNuU")
_BEGINS = _marks(b" \t\r\n\v\f\0='#\\<([/")


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))
