"""Entries as JSON lines in a file that another system reads; a file is continued, and never gets an entry twice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from detection.audit.entry import Entry, canonical
from features.errors import InputError, UsageError

_LONGEST_LINE = 1_000_000
_RIGHTS = 0o600


def shipped_entries(file: Path) -> Iterator[Entry]:
    """The entries of a shipped file.

    Raises:
        InputError: it cannot be read, or a line is no entry.
    """
    try:
        with file.open(encoding="utf-8") as lines:
            for row, line in enumerate(lines, 1):
                entry = shipped_entry(line)
                if entry is None:
                    raise InputError(
                        "Line {row:,} of the shipped file is no entry.",
                        where=str(file),
                        next_step="name a file that audit ship wrote",
                        row=row,
                    )
                yield entry
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "The shipped file cannot be read.",
            where=f"{file}: {getattr(error, 'strerror', None) or type(error).__name__}",
            next_step="name a file that audit ship wrote",
        ) from None


def last_shipped(file: Path) -> Entry | None:
    """The last entry of a file that is going to be continued; None where there is none.

    Raises:
        InputError: its last whole line is no entry, or it has none.
        UsageError: the file cannot be read.
    """
    try:
        with file.open("rb") as content:
            size = content.seek(0, os.SEEK_END)
            content.seek(max(0, size - _LONGEST_LINE))
            end = content.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _not_written(file, error) from None
    if not end:
        return None
    lines = end[: end.rfind(b"\n") + 1].splitlines()
    entry = shipped_entry(lines[-1].decode("utf-8", "replace")) if lines else None
    if entry is None:
        raise InputError(
            "The last line of the shipped file is no entry.",
            where=str(file),
            next_step="name a file that audit ship wrote, or a new one",
        )
    return entry


def append_entries(file: Path, entries: Iterable[Entry]) -> int:
    """Append entries to a file; a line that a killed command left unfinished is written again.

    Returns:
        How many were appended.

    Raises:
        UsageError: the file cannot be written.
    """
    count = 0
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, _RIGHTS)
        with os.fdopen(descriptor, "rb+") as content:
            content.seek(_end_of_whole_lines(content.fileno()))
            content.truncate()
            for entry in entries:
                content.write(f"{entry.line()}\n".encode())
                count += 1
            content.flush()
            os.fsync(content.fileno())
    except OSError as error:
        raise _not_written(file, error) from None
    return count


def _end_of_whole_lines(descriptor: int) -> int:
    size = os.fstat(descriptor).st_size
    start = max(0, size - _LONGEST_LINE)
    return start + os.pread(descriptor, size - start, start).rfind(b"\n") + 1


def shipped_entry(line: str) -> Entry | None:
    """The entry of one line; None where it is none."""
    try:
        read = json.loads(line)
        values = {name: read[name] for name in Entry._fields}
        for name in ("before", "after"):
            values[name] = None if values[name] is None else canonical(values[name])
        entry = Entry(**values)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return entry if isinstance(entry.number, int) and entry.number > 0 else None


def _not_written(file: Path, error: OSError) -> UsageError:
    return UsageError(
        "The file cannot be written there.",
        where=f"{file}: {error.strerror}",
        next_step="name a file in a folder that exists",
    )
