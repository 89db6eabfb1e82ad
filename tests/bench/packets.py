"""How long lists and pages of packets take on stores of many alerts, and which indexes they use.

``PYTHONPATH=tests python tests/bench/packets.py --alerts 1000000 --packets 100000``: fills a SQLite file and a
PostgreSQL database with the same rows, made by the databases themselves from one alert, asks what the pages ask, prints
medians, and names every large table that has no index for a query; it ends with code 1 where there is one. To be run on
an idle machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, text
from support.both_stores import POSTGRESQL, STORES
from support.drafts import a_draft
from support.plans import listening, plan, read_whole
from support.postgres import running_server
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.store.connection import writing
from detection.store.packets.keeping import keep_all
from detection.store.queries import Reader, open_store
from detection.store.queries.casework.cases import CaseFilters, case_page, cases
from detection.store.queries.casework.packet import packet_page
from detection.store.queries.casework.packets import PacketFilters, counts_by_queue, packets
from detection.store.queries.casework.suppressions import suppressions
from detection.store.schema import Alert
from features.workspace import Database

TODAY = dt.date(2026, 12, 1)
PAGE = 25
LARGE = 5_000
"""Rows of a table that is not to be read from end to end; a smaller one is read as fast as its index."""
DISTRICT = "320612"
OF_A_DISTRICT = ("tabs with counts", "list, first page", "packet")
"""Looks that are also measured for a reader who is limited to a district."""
_OWN = {
    "alert_id": "'A-' || n",
    "subject_id": "'s' || (n % {packets})",
    "case_key": "'k' || n",
    "rank": "n + 1",
    "score": "100.0 * n / {alerts}",
    "severity": "CASE WHEN n % {packets} % 7 = 0 THEN 'info' ELSE 'definite' END",
    "severity_order": "CASE WHEN n % {packets} % 7 = 0 THEN 0 ELSE 3 END",
    "queue": "CASE WHEN n % {packets} % 20 = 9 THEN 'agency' ELSE 'insured' END",
    "status": "CASE WHEN n % 10 = 0 THEN 'dismissed' ELSE 'new' END",
    # one packet in thirteen is of ten districts
    "district": "'3206' || (10 + CASE WHEN n % {packets} % 13 = 0 THEN n % 11 ELSE n % {packets} % 11 END)",
    "money_kind": "CASE n % 4 WHEN 0 THEN 'in_question' ELSE 'at_issue' END",
}
"""Columns of an alert that differ; everything else is that of the one alert."""
_SERIES = "WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n + 1 < {many}) "
_ROWS = (
    # two settlements of each alert, one of which the next alert of the subject cites too
    "INSERT INTO evidence (alert_id, settlement_id, cause, person_id, provider_id, settled_at, pool, account, "
    "source_file, source_row) SELECT 'A-' || n, 't' || (n % {packets}) || '-' || ((n / {packets}) + part), 'late', "
    "'s' || (n % {packets}), 'p1', '2024-03-01 10:00:00', 1000, 234, 'settlements.csv', n FROM series, "
    "(SELECT 0 AS part UNION ALL SELECT 1) AS parts",
    "INSERT INTO shared_evidence (settlement_id, alert_id, pool, account) SELECT 't' || (n % {packets}) || '-' || "
    "((n / {packets}) + part), 'A-' || n, 1000, 234 FROM series, (SELECT 0 AS part UNION ALL SELECT 1) AS parts",
)
_OF_PACKETS = (
    "INSERT INTO case_file (case_id, kind, queue, packet_kind, packet_subject, state, track, verdict, disposition, "
    "opened_at, last_event) SELECT 'C-2026-' || n, 'case', 'insured', 'person', 's' || (n * 100 + 1), "
    "CASE WHEN n % 5 = 0 THEN 'investigating' ELSE 'closed' END, 'agreement', '', '', '2026-01-05T10:00:00', n + 1 "
    "FROM series WHERE n * 100 + 1 < {packets}",
    "INSERT INTO case_event (event_id, case_id, at, actor, role, move, state_before, state_after, reason, code, "
    "document, people) SELECT n + 1, 'C-2026-' || n, '2026-01-05T10:00:00', 'li', 'inspector', 'propose_opening', "
    "'opening_proposed', 'opening_proposed', 'two agree', '', '', '[]' FROM series WHERE n * 100 + 1 < {packets}",
    "INSERT INTO case_alert (case_id, alert_id, event_id) SELECT 'C-2026-' || n, 'A-' || (n * 100 + 1), n + 1 "
    "FROM series WHERE n * 100 + 1 < {packets}",
    "INSERT INTO packet_holding (queue, packet_kind, packet_subject, holder, taken_at, reason) SELECT 'insured', "
    "'person', 's' || (n * 100 + 2), 'inspector ' || (n % 40), '2026-01-05T10:00:00', '' FROM series "
    "WHERE n * 100 + 2 < {packets}",
    "INSERT INTO suppression (queue, packet_kind, packet_subject, detector, subject_kind, subject_id, state, owner, "
    "code, reason, proposed_at, expires_on, second_reason) SELECT 'insured', 'person', 's' || (n * 100 + 3), 'a_rule', "
    "'person', 's' || (n * 100 + 3), CASE WHEN n % 10 = 0 THEN 'proposed' ELSE 'in_force' END, 'li', "
    "'legitimate_explained/clinic_day', 'a clinic day', '2026-01-05T10:00:00', '2027-01-05', '' FROM series "
    "WHERE n * 100 + 3 < {packets}",
)


@dataclass(frozen=True)
class Size:
    """How many alerts, in how many packets."""

    alerts: int
    packets: int


Look = Callable[[Reader], object]


def main() -> None:
    """Fill, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alerts", type=int, default=1_000_000)
    parser.add_argument("--packets", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", choices=STORES, action="append", help="only this store")
    given = parser.parse_args()
    size, whole = Size(given.alerts, given.packets), set[str]()
    print("| store | look | median ms | queries | without an index |\n|---|---|---|---|---|")
    for kind, store in stores(given.store or STORES):
        seconds = fill(store, size)
        print(
            f"| {kind} | filled: {size.alerts:,} alerts, {size.packets:,} packets | {seconds * 1000:,.0f} | | |"
        )
        for name, ms, queries, tables in measured(store, given.rounds):
            print(f"| {kind} | {name} | {ms:,.1f} | {queries} | {', '.join(tables) or '–'} |", flush=True)
            whole |= set(tables)
    sys.exit(1 if whole else 0)


def stores(kinds: Sequence[str]) -> Iterator[tuple[str, Store]]:
    """An empty store of each kind."""
    for kind in kinds:
        with ExitStack() as opened:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            server = (
                opened.enter_context(running_server(shared_buffers="512MB", max_wal_size="4GB"))
                if kind == POSTGRESQL
                else None
            )
            yield kind, Store(folder, database=server.new_database() if server else None)


def fill(store: Store, size: Size) -> float:
    """Make the rows; the seconds that it took."""
    started = time.perf_counter()
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    store.run("r1", replace(a_draft("one"), subject=subject))
    with writing(store.workspace.store).begin() as connection:
        own = {name: of.format(packets=size.packets, alerts=size.alerts) for name, of in _OWN.items()}
        names = [column.name for column in Alert.__table__.columns if column.computed is None]
        values = ", ".join(own.get(name, f"alert.{name}") for name in names)
        series = _SERIES.format(many=size.alerts)
        _execute(
            connection, series, f"INSERT INTO alert ({', '.join(names)}) SELECT {values} FROM alert, series"
        )
        for statement in _ROWS:
            _execute(connection, series, statement.format(packets=size.packets))
        series = _SERIES.format(many=size.packets // 100 + 1)
        for statement in _OF_PACKETS:
            _execute(connection, series, statement.format(packets=size.packets))
        keep_all(connection, store.workspace.pseudonym_key())
    if isinstance(store.workspace.store, Database):  # as its server does by itself after a while
        with writing(store.workspace.store).connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
    return time.perf_counter() - started


def _execute(connection: Connection, series: str, statement: str) -> None:
    """A statement that reads the series; it stands before the selection in both databases."""
    insert, select = statement.split(" SELECT ", 1)
    connection.exec_driver_sql(f"{insert} {series}SELECT {select}")


def measured(store: Store, rounds: int) -> Iterator[tuple[str, float, int, list[str]]]:
    """Each look with its median, the number of its queries, and the tables that are read from end to end."""
    with open_store(store.workspace) as reader:
        looks = looks_of(reader)
    limited = {f"{name}, a reader of a district": ask for name, ask in looks.items() if name in OF_A_DISTRICT}
    for name, ask in (looks | limited).items():
        scope = (DISTRICT,) if name in limited else None
        seconds = []
        for _ in range(rounds):
            with open_store(store.workspace, scope) as reader:
                started = time.perf_counter()
                ask(reader)
                seconds.append(time.perf_counter() - started)
        with open_store(store.workspace, scope) as reader:
            with listening(reader) as queries:
                ask(reader)
            tables = {table for query in queries for table in read_whole(plan(reader, query))}
            large = [table for table in sorted(tables) if _rows(reader, table) >= LARGE]
        yield name, median(seconds) * 1000, len(queries), large


def _rows(reader: Reader, table: str) -> int:
    return int(reader.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def looks_of(reader: Reader) -> dict[str, Look]:
    """What the pages ask."""
    listed = packets(reader, PacketFilters("insured"), size=4 * PAGE)
    last = max(1, counts_by_queue(reader, PacketFilters())["insured"] // PAGE)
    packet_id = next(each.packet_id for each in listed if each.district == DISTRICT)

    def page(number: int, filters: PacketFilters) -> Look:
        return lambda store: packets(store, filters, page=number, size=PAGE)

    return {
        "tabs with counts": lambda store: counts_by_queue(store, PacketFilters()),
        "tabs with counts of free packets": lambda store: counts_by_queue(store, PacketFilters(free=True)),
        "list, first page": page(1, PacketFilters("insured")),
        "list, last page": page(last, PacketFilters("insured")),
        "list of agencies": page(1, PacketFilters("agency")),
        "list for guidance": page(1, PacketFilters("guidance")),
        "list of a district": page(1, PacketFilters("insured", district=DISTRICT)),
        "list of free packets": page(1, PacketFilters("insured", free=True)),
        "packets of a holder": page(1, PacketFilters(holder="inspector 7")),
        "packet": lambda store: packet_page(store, packet_id),
        "dismissals of a packet": lambda store: suppressions(store, TODAY, packet_id=packet_id),
        "running cases": lambda store: cases(store, CaseFilters(open=True), TODAY),
        "case": lambda store: case_page(store, "C-2026-0", TODAY),
    }


if __name__ == "__main__":
    main()
