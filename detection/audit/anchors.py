"""Heads of the log that were noted outside: one JSON line each, appended to a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from features.errors import InputError, UsageError

_RIGHTS = 0o600
_DIGITS = 64
_LONGEST_LINE = 4096


@dataclass(frozen=True)
class Anchor:
    """An entry's number, hash and time: what was the head of the log."""

    number: int
    hash: str
    at: str

    def line(self) -> str:
        """The anchor as one line of JSON."""
        return json.dumps({"number": self.number, "hash": self.hash, "at": self.at})


def append_anchor(file: Path, anchor: Anchor) -> bool:
    """Append an anchor to a file; one that is the last line already is not repeated.

    Returns:
        Whether a line was added.

    Raises:
        UsageError: the file cannot be written.
        InputError: the file is no anchor file, or knows of later entries than the log has.
    """
    last = last_anchor(file)
    if last is not None and last.number >= anchor.number:
        if last.number == anchor.number and last.hash == anchor.hash:
            return False
        raise InputError(
            "The anchor file knows of entry {number:,}, which the log does not have.",
            where=str(file),
            next_step="verify the log: fundwatch audit verify --anchor FILE",
            number=last.number,
        )
    try:
        append_line(file, anchor.line())
    except OSError as error:
        raise UsageError(
            "The anchor file cannot be written.",
            where=f"{file}: {error.strerror}",
            next_step="name a file in a folder that exists",
        ) from None
    return True


def last_anchor(file: Path) -> Anchor | None:
    """The newest anchor of a file; None where there is no file, or nothing in it.

    Raises:
        InputError: its end is no anchor, or it cannot be read.
    """
    try:
        with file.open("rb") as content:
            size = content.seek(0, os.SEEK_END)
            content.seek(max(0, size - _LONGEST_LINE))
            end = content.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(file, error) from None
    lines = end.splitlines()
    if not lines:
        return None
    anchor = _anchor(lines[-1]) if end.endswith("\n") else None
    if anchor is None:
        raise InputError(
            "The last line of the anchor file is no anchor.",
            where=str(file),
            next_step="the file was altered: use another copy of it",
        )
    return anchor


def append_line(file: Path, line: str) -> None:
    """Append a line in one write, and make it durable.

    Raises:
        OSError: it cannot be written.
    """
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _RIGHTS)
    try:
        os.write(descriptor, f"{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_anchors(file: Path) -> Iterator[Anchor]:
    """The anchors of a file, by number.

    Raises:
        InputError: it cannot be read, or a line is no anchor or has a smaller number than the one before.
    """
    last = 0
    try:
        with file.open(encoding="utf-8") as lines:
            for row, line in enumerate(lines, 1):
                anchor = _anchor(line)
                if anchor is None or anchor.number < last:
                    raise InputError(
                        "Line {row:,} of the anchor file is no anchor, or is out of order.",
                        where=str(file),
                        next_step="the file was altered: use another copy of it",
                        row=row,
                    )
                last = anchor.number
                yield anchor
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, error) from None


def _unreadable(file: Path, error: OSError | UnicodeDecodeError) -> InputError:
    return InputError(
        "The anchor file cannot be read.",
        where=f"{file}: {getattr(error, 'strerror', None) or type(error).__name__}",
        next_step="name the file that audit anchor wrote",
    )


def _anchor(line: str) -> Anchor | None:
    try:
        read = json.loads(line)
        number, digest, at = read["number"], read["hash"], read["at"]
    except (ValueError, KeyError, TypeError):
        return None
    whole = isinstance(number, int) and number > 0 and isinstance(digest, str) and len(digest) == _DIGITS
    return Anchor(number, digest, at) if whole and isinstance(at, str) else None
