"""How long many writers take on both stores, and whether an act of theirs is lost.

``PYTHONPATH=tests python tests/bench/writers.py``: 20 processes, each of which acts 1,000 times on the same hundred
alerts of a store, in a SQLite file and in a PostgreSQL database, each time on what it has just seen. Then every event
continues the one before, every alert is as its last event left it, and the audit log verifies. To be run on an idle
machine.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from support.both_stores import POSTGRESQL, STORES
from support.drafts import a_draft
from support.many_writers import REFUSED, act_often
from support.postgres import running_server
from support.store_runs import Store

from detection.audit.chain import verify
from detection.store.queries import open_store, stored
from detection.store.queries.audit.reading import entries
from features.workspace import Place

ALERTS = 100


def main() -> None:
    """Write, check, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=20)
    parser.add_argument("--acts", type=int, default=1_000)
    parser.add_argument("--store", choices=STORES, action="append", help="only this store")
    given = parser.parse_args()
    print("| store | writers | acts | refused | seconds | acts a second | log entries | verified in s |")
    print("|---|---|---|---|---|---|---|---|")
    for kind, store in stores(given.store or STORES):
        seconds, refused = write(store, given.writers, given.acts)
        log_entries, verified = check(store, given.writers * given.acts)
        acts = given.writers * given.acts
        figures = f"{acts:,} | {refused:,} | {seconds:.0f} | {acts / seconds:.0f} | {log_entries:,} | {verified:.1f}"
        print(f"| {kind} | {given.writers} | {figures} |", flush=True)


def stores(kinds: Sequence[str]) -> Iterator[tuple[str, Store]]:
    """An empty store of each kind."""
    for kind in kinds:
        with ExitStack() as opened:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            server = opened.enter_context(running_server(fsync="on")) if kind == POSTGRESQL else None
            yield kind, Store(folder, database=server.new_database() if server else None)


def write(store: Store, writers: int, acts: int) -> tuple[float, int]:
    """Let many processes act; the seconds that they took, and how many acts were refused."""
    alerts = [a_draft(f"case {number}") for number in range(ALERTS)]
    store.run("r1", *alerts)
    where = Place(store.workspace.root, store.workspace.database)
    ids = [alert.alert_id for alert in alerts]
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(writers) as pool:
        done = pool.starmap(
            act_often, [(where, ids, acts, f"inspector {number}") for number in range(writers)]
        )
    seconds, refused = time.perf_counter() - started, sum(own[REFUSED] for own in done)
    assert sum(own.total() for own in done) - refused == writers * acts
    return seconds, refused


def check(store: Store, acts: int) -> tuple[int, float]:
    """Refuse a lost act or an altered log; the entries of the log, and the seconds that its verification took."""
    per_alert = Counter[str]()
    for alert in store.alerts():
        with open_store(store.workspace) as reader:
            events = stored.events(reader, alert.alert_id)
        before = ["new", *(event.status_after for event in events)]
        assert [event.status_before for event in events] == before[:-1], "an act was lost"
        assert alert.status == before[-1]
        per_alert[alert.alert_id] = len(events)
    assert sum(per_alert.values()) == acts
    started = time.perf_counter()
    with open_store(store.workspace) as reader:
        log = verify(lambda: entries(reader))
    assert log.fault is None
    return log.entries, time.perf_counter() - started


if __name__ == "__main__":
    main()
