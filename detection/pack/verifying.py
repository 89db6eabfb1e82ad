"""What is wrong with a pack by itself: hashes, sums of rows, and the extract of the log. No workspace is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator

from detection.audit.chain import authentic
from detection.audit.entry import Entry
from detection.audit.shipping import shipped_entry
from detection.pack.archive import archive, members_of, sha256
from detection.pack.building import derived, manifest, sums_of_files
from detection.pack.comparing import differences, is_compared
from detection.pack.layout import (
    ALERTS,
    CARDS,
    CHARTS,
    FACTS,
    FORMAT,
    INDEX,
    LOG,
    MANIFEST,
    SUMS,
    SUMS_OF_FILES,
    Members,
)
from detection.pack.sums import sums_of
from features.errors import InputError
from features.message import Message
from features.sealing import sums

_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""What a file raises that is not as this version writes it; the last is that of JSON in very many brackets."""


def read_pack(content: bytes) -> dict[str, bytes]:
    """The members of a pack.

    Raises:
        InputError: it is no pack, or one of a later version.
    """
    members = members_of(content)
    if MANIFEST not in members and FACTS not in members:
        raise InputError(
            "This is no evidence pack: it has no manifest.",
            next_step="name a file that fundwatch pack build wrote",
        )
    try:
        written = json.loads(members[MANIFEST])["format"]
    except _UNREADABLE:
        written = FORMAT  # a manifest that cannot be read is a fault, which is named
    if isinstance(written, int) and written > FORMAT:
        raise InputError(
            "The pack is of a later version of fundwatch.",
            next_step="verify it with the version that pack.json names",
        )
    return members


def faults(content: bytes) -> list[Message]:
    """Everything that is wrong with a pack; empty where nothing is.

    Raises:
        InputError: it is no pack, or one of a later version.
    """
    members = read_pack(content)
    wrong = [*_of_hashes(members), *_of_what_follows(members), *_of_rules(members), *_of_log(members)]
    if archive(members) != content:
        wrong.append(Message("The archive itself was altered: order, times or names of its files."))
    return list(dict.fromkeys(wrong))


def _of_hashes(members: Members) -> Iterator[Message]:
    listed = sums(members.get(SUMS_OF_FILES, b"").decode("utf-8", "replace"))
    for path in sorted(listed.keys() | members.keys()):
        if path == SUMS_OF_FILES:
            continue
        if path not in members:
            yield Message("{file} is missing.", file=path)
        elif path not in listed:
            yield Message("{file} is not in the list of hashes.", file=path)
        elif listed[path] != sha256(members[path]):
            yield Message("{file} was altered: it does not have its hash.", file=path)
    for path, wanted in ((MANIFEST, manifest(members)), (SUMS_OF_FILES, sums_of_files(members))):
        if members.get(path) != wanted:
            yield Message("{file} does not list the files as they are.", file=path)


def _of_what_follows(members: Members) -> Iterator[Message]:
    """Sums, charts and index are made again from the other files."""
    made = {path for path in members if path in (SUMS, INDEX) or path.startswith(CHARTS)}
    contents = {path: each for path, each in members.items() if is_compared(path) and path not in made}
    try:
        expected = derived(contents)
    except _UNREADABLE as error:
        yield Message(
            "Sums cannot be added again: the files are not as this version writes them ({problem}).",
            problem=type(error).__name__,
        )
        return
    yield from differences({path: members[path] for path in made}, expected)


def _of_rules(members: Members) -> Iterator[Message]:
    """Each sum names cards that are there, and each alert states the sum of its rows."""
    try:
        added = sums_of(members)
        stated = {
            (f"alert:{alert['alert']}", fund): int(alert[f"{fund}_fen"])
            for alert in json.loads(members[ALERTS])
            for fund in ("pool", "account")
        }
    except _UNREADABLE:
        return  # said by `_of_what_follows`
    for rule in sorted({rule for each in added for rule in each.rules if "@" in rule}):
        card = f"{CARDS}{rule.partition('@')[2]}.json"
        if card not in members:
            yield Message("{file} is missing: {rule} resolves to no card.", file=card, rule=rule)
    for each in added:
        states = stated.get((each.about, each.fund))
        if states is not None and states != each.fen:
            yield Message(
                "{about}, {fund}: the alert states {stated} fen, its rows add up to {added}.",
                about=each.about,
                fund=each.fund,
                stated=states,
                added=each.fen,
            )


def _of_log(members: Members) -> Iterator[Message]:
    """Each entry has its hash, neighbors are linked, and the last is the one that the pack states."""
    lines = members.get(LOG, b"").decode("utf-8", "surrogateescape").removesuffix("\n").split("\n")
    last: Entry | None = None
    for number, line in enumerate(lines, 1):
        entry = shipped_entry(line)
        if entry is None or not authentic(entry) or entry.line() != line:
            yield Message("{file}, line {line:,}: the entry does not have its hash.", file=LOG, line=number)
            return
        if last is not None and entry.number <= last.number:
            yield Message("{file}, line {line:,}: the entry is out of order.", file=LOG, line=number)
        elif last is not None and entry.number == last.number + 1 and entry.previous != last.hash:
            yield Message("{file}, line {line:,}: the entry before it was replaced.", file=LOG, line=number)
        last = entry
    try:
        stated = json.loads(members[FACTS])["entry"]
    except _UNREADABLE:
        yield Message("{file} cannot be read.", file=FACTS)
        return
    if last is None or stated != {"number": last.number, "hash": last.hash, "at": last.at}:
        yield Message("{file} does not end with the entry that {facts} states.", file=LOG, facts=FACTS)
