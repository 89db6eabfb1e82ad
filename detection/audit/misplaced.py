"""Why an entry is not what it should be: altered where it is, moved from elsewhere, or in place of a removed one.

Only a log that is wrong is read a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from detection.audit import faults
from detection.audit.entry import Entry
from detection.audit.faults import Fault

_BEYOND = 1000
"""How many removed entries a renumbered end may lack to be recognized."""


def wrong_content(entry: Entry, before: str, entries: Callable[[], Iterable[Entry]]) -> Fault:
    """The fault of an entry whose content does not have its hash.

    Args:
        entry: at the place where the log is wrong.
        before: hash of the entry before it.
        entries: readings of the log.
    """
    origin, elsewhere, copied, last = 0, False, False, 0
    for other in entries():
        last = other.number
        if last == entry.number:
            continue
        if not origin and _written_at(entry, other):
            origin, copied = last, other.hash == entry.hash
        elsewhere = elsewhere or _belongs(other, entry, before)
    if not origin:
        beyond = range(last + 1, last + _BEYOND)
        origin = next((n for n in beyond if _hash(entry._replace(number=n)) == entry.hash), 0)
    if not origin or copied:
        return faults.altered(entry.number)
    if elsewhere:
        return faults.reordered(entry.number, origin)
    if origin > entry.number:
        return faults.removed(entry.number, origin - 1)
    return faults.inserted(origin, entry.number - 1)


def broken_link(entry: Entry, entries: Callable[[], Iterable[Entry]]) -> Fault:
    """The fault where an entry has its own hash but names another for the entry before it.

    Args:
        entry: the one that names it.
        entries: readings of the log.
    """
    culprit = max(entry.number - 1, 1)
    for other in entries():
        if other.hash == entry.previous:
            return faults.reordered(entry.number, other.number + 1)
        if other.number == entry.number + 1 and other.previous != entry.hash:
            culprit = entry.number
    return faults.hashed_again(culprit)


def _belongs(other: Entry, entry: Entry, before: str) -> bool:
    """Whether an entry elsewhere is the one that belongs here: moved with its hash, or its content alone."""
    here = other._replace(number=entry.number)
    moved = other.previous == before and _hash(here) == other.hash
    return moved or _hash(here._replace(previous=before)) == entry.hash


def _written_at(entry: Entry, other: Entry) -> bool:
    """Whether an entry was written with the number of another: moved with its hash, or content alone."""
    moved = entry._replace(number=other.number)
    return _hash(moved) == entry.hash or _hash(moved._replace(previous=other.previous)) == other.hash


def _hash(entry: Entry) -> str:
    """The hash of the content; empty where the fields hold what no entry can hold."""
    try:
        return entry.content_hash()
    except (TypeError, ValueError):
        return ""
