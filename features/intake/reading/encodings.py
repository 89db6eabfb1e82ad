"""Judge the encoding of a text file by the whole of it, line by line.

GB18030 accepts nearly any bytes, so that a UTF-8 file with one damaged line would be a valid GB18030 file with other
characters. A file is read as GB18030 only if its lines are not UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from features.errors import WordedError
from features.message import Message

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"
_SHOWN = 3
_CHINESE = "\u0800"
"""First character that UTF-8 writes in three bytes."""


class EncodingError(WordedError, ValueError):
    """A file has no single known encoding. The text says where it differs."""


@dataclass
class _Votes:
    """Lines with other than ASCII characters, by the encodings that they fit.

    Attributes:
        utf8: lines that are UTF-8; lines of GB18030 hardly ever are.
        broken: numbers of the lines that are not.
        neither: numbers of the lines that are neither UTF-8 nor GB18030.
    """

    utf8: int = 0
    broken: list[int] = field(default_factory=list)
    neither: list[int] = field(default_factory=list)


def judge(lines: Iterable[bytes], *, utf8_share: float) -> str:
    """The encoding of a file that is not UTF-8 as a whole: ``gb18030``.

    Args:
        lines: all lines of the file.
        utf8_share: share of the lines with other than ASCII characters from which the file is UTF-8.

    Raises:
        EncodingError: another encoding, or a file in two encodings; with the numbers of its lines.
    """
    votes = _Votes()
    marked = False
    for number, line in enumerate(lines, 1):
        if number == 1 and (line.startswith(_UTF16_MARKS) or b"\0" in line):
            raise EncodingError(
                Message("neither UTF-8 nor GB18030 text (is it UTF-16? save it as CSV UTF-8)")
            )
        marked = marked or (number == 1 and line.startswith(_UTF8_MARK))
        if not line.isascii():
            _vote(votes, number, line)
    total = votes.utf8 + len(votes.broken)
    if marked or votes.utf8 >= utf8_share * total:
        raise EncodingError(
            Message(
                "UTF-8 but for {lines}, in another encoding or damaged; write all of it as UTF-8",
                lines=_numbered(votes.broken),
            )
        )
    if votes.neither:
        raise EncodingError(
            Message("neither UTF-8 nor GB18030 text: see {lines}", lines=_numbered(votes.neither))
        )
    return "gb18030"


def _vote(votes: _Votes, number: int, line: bytes) -> None:
    if _decodes(line, "utf-8"):
        # A few pairs of GB18030 bytes are letters of other alphabets in UTF-8; Chinese characters never are.
        votes.utf8 += any(character >= _CHINESE for character in line.decode())
        return
    votes.broken.append(number)
    if not _decodes(line, "gb18030"):
        votes.neither.append(number)


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _numbered(lines: list[int]) -> Message:
    shown = [f"{number:,}" for number in lines[:_SHOWN]]
    more = len(lines) - _SHOWN
    if more > 0:
        return Message("lines {lines} and {more:,} more", lines=shown, more=more)
    return Message("line {line}", line=shown[0]) if len(lines) == 1 else Message("lines {lines}", lines=shown)
