"""One pass over a text file before its rows are read: hash, encoding, layout, and the number of its records."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from features.intake.mapping.model import LayoutRequest
from features.intake.reading.contents import DamagedFileError
from features.intake.reading.encodings import EncodingError, judge
from features.intake.reading.layout import LINES, Layout, recognize
from features.intake.reading.quoting import Limits, Records
from features.intake.reading.sources import SourceFile
from features.intake.tolerances import Tolerances
from features.message import Message

_CHUNK = 1 << 17
"""Bytes looked at together; few, so that they stay in the cache and their memory is used again."""
_LONGEST_HEAD = 1 << 22
_HEAD_STEP = 1 << 16
_MARK = codecs.BOM_UTF8


@dataclass(frozen=True)
class TextScan:
    """Properties of a text file.

    Attributes:
        sha256: hash of its unpacked bytes, in hexadecimal.
        size: number of these bytes.
        encoding: ``utf-8`` or ``gb18030``.
        layout: its separator and header.
        offset: bytes before its first row.
        records: number of its rows, with those that have a wrong number of fields.
    """

    sha256: str
    size: int
    encoding: str
    layout: Layout
    offset: int
    records: int


def scan(file: SourceFile, request: LayoutRequest, allowed: Tolerances) -> TextScan:
    """Read a text file once.

    Raises:
        DamagedFileError, EncodingError: the file cannot be read; the text says why, and in which line.
        QuotingError: quotes do not close.
    """
    head = _head(file, max(LINES, request.header_line or 0))
    layout, offset = _layout(head, request)
    limits = Limits(allowed.longest_cell, allowed.cell_breaks)
    width = max(len(layout.names), 1)
    records = Records(layout.delimiter.encode(), width, limits, line=layout.skipped + 1)
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, size = True, 0
    rest: list[bytes] = []
    for chunk in _chunks(file):
        digest.update(chunk)
        is_utf8 = is_utf8 and _decodes(decoder, chunk)
        begin, end = max(offset - size, 0), _after_last_line(chunk)
        size += len(chunk)
        if end <= begin:
            rest.append(chunk[begin:])
        else:
            block = b"".join((*rest, memoryview(chunk)[begin:end]))
            rest = [block[records.add(block, last=False) :], chunk[end:]]
    cut = is_utf8 and not _decodes(decoder, b"", final=True)
    if cut:
        # Not read as GB18030, which would turn the UTF-8 text into other characters.
        raise EncodingError(Message("the file is truncated within a character"))
    encoding = "utf-8" if is_utf8 else judge(_lines(file), utf8_share=allowed.utf8_share)
    records.add(b"".join(rest), last=True)
    if encoding != "utf-8":
        layout, _ = _layout(head, request, encoding)
    return TextScan(digest.hexdigest(), size, encoding, layout, offset, records.records)


def _after_last_line(chunk: bytes) -> int:
    """Bytes of a chunk up to the end of its last line; 0 if no line ends in it."""
    end = chunk.rfind(b"\n") + 1
    return end or chunk.rfind(b"\r") + 1


def _layout(head: bytes, request: LayoutRequest, encoding: str | None = None) -> tuple[Layout, int]:
    """The layout by the start of a file, and the bytes before its first row."""
    start = head.removeprefix(_MARK)
    raw = start.splitlines(keepends=True)
    lines = [_decoded(line, encoding).rstrip("\r\n") for line in raw[: max(LINES, request.header_line or 0)]]
    if any("\0" in line for line in lines):
        raise EncodingError(Message("neither UTF-8 nor GB18030 text (is it UTF-16? save it as CSV UTF-8)"))
    layout = recognize(lines, request)
    return layout, len(head) - len(start) + sum(len(line) for line in raw[: layout.skipped])


def _decoded(line: bytes, encoding: str | None) -> str:
    if encoding is not None:
        return line.decode(encoding, errors="replace")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("gb18030", errors="replace")


def _head(file: SourceFile, lines: int) -> bytes:
    """The start of a file, with at least so many whole lines where they fit into `_LONGEST_HEAD`."""
    head = b""
    for piece in _chunks(file, _HEAD_STEP):
        head += piece
        if head.count(b"\n") > lines or len(head) >= _LONGEST_HEAD:
            break
    return head


def _chunks(file: SourceFile, size: int = _CHUNK) -> Iterator[bytes]:
    """The unpacked bytes.

    Raises:
        DamagedFileError: a packed file is damaged.
    """
    handle: BinaryIO
    with file.open_text() as handle:
        try:
            while chunk := handle.read(size):
                yield chunk
        except (EOFError, OSError, RuntimeError, ValueError) as problem:
            raise DamagedFileError(
                Message("the packed file is damaged ({kind})", kind=type(problem).__name__)
            ) from None


def _lines(file: SourceFile) -> Iterator[bytes]:
    rest = b""
    for chunk in _chunks(file):
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        yield from lines
    yield rest


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    if chunk.isascii() and not final and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True
