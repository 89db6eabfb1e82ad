"""Shipping the log: JSON lines for another system."""

from __future__ import annotations

from pathlib import Path

from detection.audit.shipping import append_entries, last_shipped
from detection.store.queries.audit.reading import entries
from detection.store.queries.reader import open_store
from features.errors import UsageError
from features.workspace import Workspace


def ship(space: Workspace, out: Path, *, first: int = 1) -> int:
    """Append the entries that a file does not have yet.

    Args:
        space: whose log.
        out: a new file, or one that was shipped before, which is continued.
        first: number of the entry with which a new file begins.

    Returns:
        How many entries were appended.

    Raises:
        UsageError: the file cannot be written, is of another log, or would lack entries in between.
        InputError: the file is no shipped log.
        StoreError: the store cannot be read.
    """
    last = last_shipped(out)
    if last is not None and first > last.number + 1:
        raise UsageError(
            "The file ends with entry {number:,}; entries in between would be missing.",
            where=str(out),
            next_step="leave --from out, or name a new file",
            number=last.number,
        )
    with open_store(space) as reader:
        if last is None:
            return append_entries(out, entries(reader, after=first - 1))
        rest = entries(reader, after=last.number - 1)
        if next(rest, None) != last:
            raise UsageError(
                "The file is of another log: its last entry, {number:,}, is not this log's.",
                where=str(out),
                next_step="name a new file, and compare: fundwatch audit verify --shipped FILE",
                number=last.number,
            )
        return append_entries(out, rest)
