"""How long the verification of a long audit log takes, and how much memory, with the histories that it compares.

``PYTHONPATH=tests python tests/bench/audit_log.py --entries 1000000``: a log of acts on alerts, each with its event and
every thousandth anchored; its verification as the command does it; shipping; pages of the screen. Must hold: a million
entries in less than 60 seconds.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from support.drafts import a_draft
from support.store_runs import Store

from detection.audit.anchors import Anchor
from detection.audit.entry import Entry, EntryDraft, entry_of
from detection.followup.audit.shipping import ship
from detection.followup.audit.verifying import verify_log
from detection.store.queries import Reader, open_store
from detection.store.queries.audit.pages import LogFilters, count, page
from detection.store.queries.audit.reading import head
from features.workspace import Workspace

T = TypeVar("T")
AT = "2026-01-15T08:00:00"
BOUND = 60.0
"""Seconds for a million entries."""
_ANCHORED = 1_000
_BUSY = 1.5
_PAGES = {
    "newest page": LogFilters(),
    "of an actor": LogFilters(actor="inspector 7"),
    "of an action": LogFilters(action="snooze"),
    "of a day": LogFilters(first="2026-01-15", last="2026-01-15"),
    "of an alert": LogFilters(object="alert:A-77"),
}


def main() -> None:
    """Fill a log, verify it, and print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    wanted = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.run("r1", a_draft("one"))
        heads = Path(folder) / "heads.jsonl"
        _fill(store.workspace, wanted, heads)
        before = _peak()
        seconds, verified = _timed(lambda: verify_log(store.workspace, actor="bench", at=AT, anchors=heads))
        assert verified.fault is None and verified.entries == wanted + 2 and verified.anchors
        print(f"verified {verified.entries:,} entries, {verified.anchors:,} anchors: {seconds:.1f} s")
        print(f"  {verified.entries / seconds:,.0f} entries a second, {_peak() - before:.0f} MB more memory")
        print(f"  a million: {seconds / verified.entries * 1e6:.1f} s (must be less than {BOUND:.0f} s)")
        seconds, shipped = _timed(lambda: ship(store.workspace, Path(folder) / "log.jsonl"))
        print(f"shipped {shipped:,} entries: {seconds:.1f} s")
        with open_store(store.workspace) as reader:
            for name, filters in _PAGES.items():
                seconds, entries = _timed(partial(_page, reader, filters))
                print(f"{name}: {seconds * 1000:.0f} ms of {entries:,}")


def _page(reader: Reader, filters: LogFilters) -> int:
    """What the screen reads: how many entries there are, and a page of them."""
    page(reader, filters)
    return count(reader, filters)


def _fill(space: Workspace, wanted: int, heads: Path) -> None:
    """Acts on alerts, appended by the rules of the log."""
    with open_store(space) as reader:
        newest = head(reader)
    assert newest is not None
    alert_id = a_draft("one").alert_id
    with sqlite3.connect(space.store_file) as connection, heads.open("w") as anchors:
        for part in _parts(_acts(newest, wanted)):
            connection.executemany(f"INSERT INTO audit_entry VALUES ({', '.join('?' * 12)})", part)
            connection.executemany(
                "INSERT INTO alert_event (event_id, alert_id, at, actor, action, note, status_before,"
                " status_after, code, until) VALUES (?, ?, ?, ?, ?, ?, 'new', 'snoozed', '', '')",
                [
                    (entry.number, alert_id, entry.at, entry.actor, entry.action, entry.reason)
                    for entry in part
                ],
            )
            anchors.writelines(f"{Anchor(e.number, e.hash, e.at).line()}\n" for e in part[::_ANCHORED])


def _acts(newest: Entry, wanted: int) -> Iterator[Entry]:
    alert_id = a_draft("one").alert_id
    for number in range(newest.number + 1, newest.number + 1 + wanted):
        draft = EntryDraft(
            at=f"2026-01-{number % 28 + 1:02d}T08:00:00",
            actor=f"inspector {number % 20}",
            role="inspector",
            action="snooze",
            object=f"alert:{alert_id}",
            before={"status": "new"},
            after={"status": "snoozed", "event": number},
            reason="材料待补，暂缓核查",
        )
        newest = entry_of(draft, number, newest.hash)
        yield newest


def _parts(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    part: list[Entry] = []
    for entry in entries:
        part.append(entry)
        if len(part) == 10 * _ANCHORED:
            yield part
            part = []
    yield part


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds that the work took, and its result; processor seconds are printed where they are far fewer."""
    start, used = time.perf_counter(), time.process_time()
    result = work()
    seconds, used = time.perf_counter() - start, time.process_time() - used
    if seconds > _BUSY * used:
        print(f"  (the machine is busy: {used:.2f} of {seconds:.2f} s on a processor)")
    return seconds, result


def _peak() -> float:
    """Most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
