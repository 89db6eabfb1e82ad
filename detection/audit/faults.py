"""What can be wrong with a log, and where it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from features.message import Message

Kind = Literal[
    "altered",
    "removed",
    "inserted",
    "reordered",
    "repeated",
    "rewritten",
    "truncated",
    "unprotected",
    "history",
]
"""Kinds of faults.

The first five show in the chain itself; ``rewritten`` (hashes made again from some entry on: a fork) and
``truncated`` show against an anchor; ``unprotected`` means that the database would accept changes; ``history`` that
a stored event, reveal or export is not what its entry says.
"""


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong.

    Attributes:
        kind: which.
        number: of the first entry concerned.
        what: a sentence that names the entry and what differs.
    """

    kind: Kind
    number: int
    what: Message


def altered(number: int, fields: tuple[str, ...] = ()) -> Fault:
    """An entry whose content does not have its hash; with the fields that differ where a copy shows them."""
    if fields:
        what = Message("Entry {number:,} was altered: {fields} differ.", number=number, fields=fields)
    else:
        what = Message("Entry {number:,} was altered: its content does not have its hash.", number=number)
    return Fault("altered", number, what)


def hashed_again(number: int) -> Fault:
    """An entry that was altered and got a new hash, which the next entry does not name."""
    return Fault(
        "altered",
        number,
        Message(
            "Entry {number:,} was altered or removed, and hashes were made again: the entry next to it names "
            "another hash.",
            number=number,
        ),
    )


def removed(first: int, last: int) -> Fault:
    """Entries that are not there."""
    if first == last:
        return Fault("removed", first, Message("Entry {number:,} was removed.", number=first))
    what = Message("Entries {first:,} to {last:,} were removed.", first=first, last=last)
    return Fault("removed", first, what)


def inserted(first: int, last: int) -> Fault:
    """Entries that were put between others."""
    what = Message(
        "Entries {first:,} to {last:,} were inserted: what was entry {first:,} stands after them.",
        first=first,
        last=last,
    )
    return Fault("inserted", first, what)


def reordered(number: int, origin: int) -> Fault:
    """An entry that stood elsewhere."""
    return Fault(
        "reordered",
        number,
        Message(
            "Entries were reordered: what stands as entry {number:,} was written as entry {origin:,}.",
            number=number,
            origin=origin,
        ),
    )


def repeated(number: int) -> Fault:
    """A number that occurs twice."""
    return Fault("repeated", number, Message("The number {number:,} occurs twice.", number=number))


def rewritten(first: int, last: int) -> Fault:
    """A chain that is whole, but is not the one that was anchored."""
    what = Message(
        "The log was made again: entry {last:,} has another hash than the anchor states, so one of the entries "
        "{first:,} to {last:,} is not what was anchored.",
        first=first,
        last=last,
    )
    return Fault("rewritten", first, what)


def truncated(first: int, last: int) -> Fault:
    """An end that is missing."""
    what = Message(
        "The end of the log was cut off: entries {first:,} to {last:,}, which an anchor or a copy knows, "
        "are missing.",
        first=first,
        last=last,
    )
    return Fault("truncated", first, what)


def unprotected(number: int, missing: list[str]) -> Fault:
    """A table that the database would let be changed."""
    what = Message(
        "The log could be changed after entry {number:,}: the database lacks the triggers {missing}.",
        number=number,
        missing=missing,
    )
    return Fault("unprotected", number, what)
