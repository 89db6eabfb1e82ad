"""A log next to a copy of it that was shipped: the first entry that differs, and in which fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detection.audit import faults
from detection.audit.entry import Entry
from detection.audit.faults import Fault


def first_difference(entries: Iterable[Entry], copy: Iterator[Entry]) -> Fault | None:
    """The first entry that is not as the copy has it; None where all of the copy's entries are.

    Args:
        entries: of the log, by number.
        copy: of a shipped file, by number; it may begin later and end earlier.
    """
    log = iter(entries)
    entry = next(log, None)
    last = 0
    for known in copy:
        while entry is not None and entry.number < known.number:
            last, entry = entry.number, next(log, None)
        if entry is None:
            return faults.truncated(max(last + 1, 1), _last(known, copy))
        if entry.number > known.number:
            return faults.removed(known.number, entry.number - 1)
        if entry != known:
            fields = tuple(name for name in Entry._fields if getattr(entry, name) != getattr(known, name))
            return faults.altered(entry.number, fields)
    return None


def _last(known: Entry, copy: Iterator[Entry]) -> int:
    number = known.number
    for rest in copy:
        number = rest.number
    return number
