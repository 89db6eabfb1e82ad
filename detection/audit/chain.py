"""Verification of a log: one pass in order of the numbers, in constant memory, up to the first fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from detection.audit import faults
from detection.audit.anchors import Anchor
from detection.audit.entry import BEFORE_THE_FIRST, FORMAT, Entry, values_of
from detection.audit.faults import Fault
from detection.audit.misplaced import broken_link, wrong_content

Entries = Callable[[], Iterable[Entry]]
"""A new reading of the whole log, by number."""


@dataclass(frozen=True)
class Verified:
    """What a verification saw.

    Attributes:
        entries: how many entries are as they were written, from the first on.
        head: the last of them; None where there is none.
        fault: the first thing that is wrong; None where nothing is.
        anchors: how many anchors have the hash of their entry.
    """

    entries: int
    head: Anchor | None
    fault: Fault | None
    anchors: int


def verify(entries: Entries, anchors: Iterable[Anchor] = ()) -> Verified:
    """Read a log from its first entry on, and name the first fault.

    Args:
        entries: readings of the log; a second one classifies a fault.
        anchors: heads that were noted outside, by number.
    """
    known = _Anchors(iter(anchors))
    head: Anchor | None = None
    for entry in entries():
        fault = _fault(entry, head, entries) or known.disagreement(entry)
        if fault is not None:
            return Verified(head.number if head else 0, head, fault, known.matched)
        head = Anchor(entry.number, entry.hash, entry.at)
    return Verified(head.number if head else 0, head, _end(head, known), known.matched)


def _end(head: Anchor | None, known: _Anchors) -> Fault | None:
    """What is wrong where the log ends: its beginning is missing too, or anchors know of more entries."""
    last, most = head.number if head else 0, known.last()
    if most > last:
        return faults.truncated(last + 1, most)
    return faults.removed(1, 1) if head is None else None


def _fault(entry: Entry, head: Anchor | None, entries: Entries) -> Fault | None:
    """What is wrong with an entry after a head that is right."""
    expected = head.number + 1 if head else 1
    before = head.hash if head else BEFORE_THE_FIRST
    if not isinstance(entry.number, int) or entry.number < expected:
        return faults.repeated(expected - 1)
    if entry.number > expected:
        return faults.removed(expected, entry.number - 1)
    if not authentic(entry):
        return wrong_content(entry, before, entries)
    if entry.previous != before:
        return broken_link(entry, entries)
    return None


def authentic(entry: Entry) -> bool:
    """Whether an entry has the content that its hash was made of."""
    try:
        values_of(entry.before)  # what is no JSON object could hide in the text of another field
        values_of(entry.after)
        return entry.format == FORMAT and entry.content_hash() == entry.hash
    except (TypeError, ValueError):
        return False


class _Anchors:
    """Anchors next to the entries, both by number."""

    def __init__(self, anchors: Iterator[Anchor]) -> None:
        self._anchors = anchors
        self._next = next(anchors, None)
        self._last = 0
        self.matched = 0

    def disagreement(self, entry: Entry) -> Fault | None:
        """The fault that the anchors of an entry show."""
        while self._next is not None and self._next.number <= entry.number:
            if self._next.hash != entry.hash:
                return faults.rewritten(self._last + 1, entry.number)
            self._last = self._next.number
            self.matched += 1
            self._next = next(self._anchors, None)
        return None

    def last(self) -> int:
        """The last number that an anchor names, of those that no entry was compared with; 0 where there is none."""
        most = 0
        while self._next is not None:
            most = self._next.number
            self._next = next(self._anchors, None)
        return most
