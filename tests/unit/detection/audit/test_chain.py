"""Every kind of tampering is named with its place, by the chain alone or by an anchor."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from detection.audit.anchors import Anchor
from detection.audit.chain import Verified, verify
from detection.audit.entry import BEFORE_THE_FIRST, Entry, EntryDraft, entry_of, values_of

LENGTH = 9


def log(length: int = LENGTH, actor: str = "li") -> list[Entry]:
    entries: list[Entry] = []
    for number in range(1, length + 1):
        previous = entries[-1].hash if entries else BEFORE_THE_FIRST
        draft = EntryDraft(
            at=f"2026-01-0{number}T08:00:00",
            actor=actor,
            action="dismiss",
            object=f"alert:A-{number}",
            before={"status": "new"},
            after={"status": "dismissed", "event": number},
            reason="已核实",
        )
        entries.append(entry_of(draft, number, previous))
    return entries


def hashed(entry: Entry) -> Entry:
    return entry._replace(hash=entry.content_hash())


def chained(entries: Sequence[Entry]) -> list[Entry]:
    """The log as an owner of the database makes it again: numbers, links and hashes fit."""
    whole: list[Entry] = []
    for number, entry in enumerate(entries, 1):
        previous = whole[-1].hash if whole else BEFORE_THE_FIRST
        whole.append(hashed(entry._replace(number=number, previous=previous)))
    return whole


def verified(entries: Sequence[Entry], anchors: Sequence[Anchor] = ()) -> Verified:
    return verify(lambda: entries, anchors)


def anchor(entry: Entry) -> Anchor:
    return Anchor(entry.number, entry.hash, entry.at)


def named(entries: Sequence[Entry], anchors: Sequence[Anchor] = ()) -> tuple[str, int]:
    fault = verified(entries, anchors).fault
    assert fault is not None, "tampering was not seen"
    return fault.kind, fault.number


def test_a_log_as_it_was_written_has_no_fault() -> None:
    entries = log()
    seen = verified(entries, [anchor(entries[2]), anchor(entries[-1])])
    assert (seen.entries, seen.fault, seen.anchors) == (LENGTH, None, 2)
    assert seen.head == anchor(entries[-1])


def test_a_line_can_be_checked_by_any_tool() -> None:
    entry = log()[3]
    read = json.loads(entry.line())
    stated = read.pop("hash")
    content = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert content == entry.content() and stated == entry.content_hash()
    assert read["after"] == values_of(entry.after) == {"status": "dismissed", "event": 4}


FIELDS: dict[str, Any] = {
    "at": "2020-01-01T00:00:00", "actor": "x", "role": "x", "action": "x", "object": "x", "before": None,
    "after": '{"status":"new"}', "reason": None, "format": 2, "previous": "1" * 64, "hash": "2" * 64,
}  # fmt: skip


@given(st.integers(0, LENGTH - 1), st.sampled_from(sorted(FIELDS)))
def test_an_altered_field_is_named(place: int, field: str) -> None:
    entries = log()
    entries[place] = entries[place]._replace(**{field: FIELDS[field]})
    assert named(entries) == ("altered", place + 1)


@given(st.integers(0, LENGTH - 2))
def test_an_altered_entry_with_a_new_hash_is_named(place: int) -> None:
    entries = log()
    entries[place] = hashed(entries[place]._replace(actor="somebody else"))
    assert named(entries) == ("altered", place + 1)


@given(st.integers(0, LENGTH - 2), st.booleans())
def test_a_removed_entry_is_named_also_where_the_others_were_renumbered(place: int, renumbered: bool) -> None:
    entries = log()
    del entries[place]
    if renumbered:
        entries = [entry._replace(number=number) for number, entry in enumerate(entries, 1)]
    assert named(entries) == ("removed", place + 1)


@given(st.lists(st.integers(0, LENGTH - 1), min_size=2, max_size=2, unique=True), st.booleans())
def test_two_entries_that_changed_places_are_named(places: list[int], whole: bool) -> None:
    first, second = sorted(places)
    entries = log()
    left, right = entries[first], entries[second]
    kept = () if whole else ("previous", "hash")
    entries[first] = right._replace(number=left.number, **{name: getattr(left, name) for name in kept})
    entries[second] = left._replace(number=right.number, **{name: getattr(right, name) for name in kept})
    seen = verified(entries)
    assert seen.fault is not None and (seen.fault.kind, seen.fault.number) == ("reordered", first + 1)
    assert f"written as entry {second + 1}" in seen.fault.what


@given(st.integers(1, LENGTH - 1))
def test_an_inserted_entry_is_named(place: int) -> None:
    entries = log()
    false = entry_of(
        EntryDraft("2026-01-05T00:00:00", "x", "undo", "alert:A-1"), place + 1, entries[place - 1].hash
    )
    entries.insert(place, false)
    entries = [entry._replace(number=number) for number, entry in enumerate(entries, 1)]
    assert named(entries) == ("inserted", place + 1)


@given(st.integers(2, LENGTH - 1))
def test_a_copy_of_an_earlier_entry_in_place_of_another_is_named(place: int) -> None:
    entries = log()
    entries[place] = entries[0]._replace(number=place + 1)
    assert named(entries) == ("altered", place + 1)


def test_a_number_that_occurs_twice_is_named() -> None:
    entries = log()
    assert named([*entries[:4], entries[3], *entries[4:]]) == ("repeated", 4)


@given(st.integers(1, LENGTH - 1))
def test_a_missing_end_shows_against_an_anchor_only(length: int) -> None:
    entries = log()
    assert verified(entries[:length]).fault is None
    assert named(entries[:length], [anchor(entries[-1])]) == ("truncated", length + 1)


def test_an_empty_log_lacks_its_first_entry() -> None:
    assert named([]) == ("removed", 1)
    assert named([], [anchor(log()[4])]) == ("truncated", 1)


def _removed(entries: list[Entry], place: int) -> list[Entry]:
    return [*entries[:place], *entries[place + 1 :]]


def _altered(entries: list[Entry], place: int) -> list[Entry]:
    return [*entries[:place], entries[place]._replace(reason="x"), *entries[place + 1 :]]


def _forked(entries: list[Entry], place: int) -> list[Entry]:
    return [*entries[:place], *log(actor="wang")[place:]]


@pytest.mark.parametrize("change", [_removed, _altered, _forked])
@given(place=st.integers(0, LENGTH - 2))
def test_a_log_that_was_made_again_shows_against_an_anchor_only(
    change: Callable[[list[Entry], int], list[Entry]], place: int
) -> None:
    entries = log()
    again = chained(change(entries, place))
    assert verified(again).fault is None, "the chain itself is whole"
    anchors = [anchor(entry) for entry in entries[:-1]]
    assert named(again, anchors) == ("rewritten", place + 1)
    assert named(again, anchors[-1:]) == ("rewritten", 1), "one anchor names the entries up to it"


def test_what_looks_like_a_number_of_a_resident_is_not_entered() -> None:
    draft = EntryDraft(
        "t",
        "li",
        "reveal",
        "list:alerts",
        reason="核对32060219620301123X，案号20260115001",
        after={"detail": "320602196203011234"},
    )
    entry = entry_of(draft, 1, BEFORE_THE_FIRST)
    assert entry.reason == "核对***，案号20260115001"
    assert values_of(entry.after) == {"detail": "***"}


@pytest.mark.parametrize("text", ["\0null", "half \ud800", '引号"\\\n\x1f\x7f\u2028'])
def test_any_text_can_be_entered(text: str) -> None:
    entry = entry_of(EntryDraft("t", text, "dismiss", "alert:A-1", reason=text), 1, BEFORE_THE_FIRST)
    assert json.loads(entry.line())["actor"] == entry.actor
    assert verified([entry]).fault is None
