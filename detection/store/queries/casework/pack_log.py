"""What the audit log says about a packet and its cases, up to an entry; and what it says of them later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import ColumnElement, Table, select

from detection.audit.entry import Entry, values_of
from detection.store.audit.table import AuditEntry
from detection.store.lifecycle import BY_RUN
from detection.store.queries.audit.reading import COLUMNS
from detection.store.queries.reader import Reader
from detection.store.schema import AlertEvent
from features.errors import UsageError

_TABLE = cast("Table", AuditEntry.__table__)
_AT_ONCE = 500
_RUNS = ("run:", "run:~")
"""Objects of runs as a range, which the index on objects holds."""


@dataclass(frozen=True)
class Extract:
    """Entries of the log.

    Attributes:
        entries: the first of the log, those of runs, and those about the objects; by number.
        later: what the log says of the same objects after the last of them.
    """

    entries: tuple[Entry, ...]
    later: Later


@dataclass(frozen=True)
class Later:
    """What was done after an entry, so that a state before it can be read.

    Attributes:
        alert_events, case_events, money: numbers of what was appended.
        runs: names of the runs that were committed.
        run_events_after: number of the last event of alerts before the first of these runs; None without one.
    """

    alert_events: frozenset[int] = field(default_factory=frozenset)
    case_events: frozenset[int] = field(default_factory=frozenset)
    money: frozenset[int] = field(default_factory=frozenset)
    runs: frozenset[str] = field(default_factory=frozenset)
    run_events_after: int | None = None

    def has(self, event: AlertEvent) -> bool:
        """Whether an event of an alert is one of these."""
        of_run = self.run_events_after is not None and event.actor == BY_RUN
        after_a_run = of_run and event.event_id > (self.run_events_after or 0)
        return after_a_run or event.event_id in self.alert_events


def extract(reader: Reader, objects: Iterable[str], up_to: int | None) -> Extract:
    """The entries about some objects.

    Args:
        reader: of the store.
        objects: names as the log has them: ``packet:…``, ``case:…``, ``alert:…``.
        up_to: number of the last entry that may be in it; None for all.

    Raises:
        UsageError: the log has no entry of this number, or is empty.
    """
    entries = {entry.number: entry for entry in _about(reader, sorted(set(objects)))}
    by_number = [entries[number] for number in sorted(entries)]
    if up_to is not None:
        _refuse_unknown(reader, up_to)
    inside = tuple(entry for entry in by_number if up_to is None or entry.number <= up_to)
    if not inside:
        raise UsageError(
            "The audit log is empty.", next_step="verify it: fundwatch audit verify --anchor FILE"
        )
    return Extract(inside, _later(by_number[len(inside) :]))


def _about(reader: Reader, objects: list[str]) -> Iterator[Entry]:
    column = _TABLE.c.object
    conditions: list[ColumnElement[bool]] = [
        _TABLE.c.number == 1,
        (column >= _RUNS[0]) & (column < _RUNS[1]),
        *(column.in_(objects[start : start + _AT_ONCE]) for start in range(0, len(objects), _AT_ONCE)),
    ]
    for condition in conditions:
        yield from map(Entry._make, reader.session.execute(select(*COLUMNS).where(condition)))


def _refuse_unknown(reader: Reader, number: int) -> None:
    if reader.session.scalar(select(_TABLE.c.number).where(_TABLE.c.number == number)) is None:
        raise UsageError(
            "The audit log has no entry {number:,}.",
            next_step="list its entries: fundwatch audit show",
            number=number,
        )


def _later(entries: Iterable[Entry]) -> Later:
    numbers: dict[str, set[int]] = {"alert": set(), "case": set(), "money": set()}
    runs: set[str] = set()
    before_runs: list[int] = []
    for entry in entries:
        after, kind = values_of(entry.after), entry.object.partition(":")[0]
        if entry.action == "run":
            runs.add(str(after.get("run")))
            if isinstance(events := after.get("events_after"), int):
                before_runs.append(events)
            continue
        if isinstance(event := after.get("event"), int):
            numbers["alert" if kind == "alert" else "case"].add(event)
        if isinstance(money := after.get("money"), int):
            numbers["money"].add(money)
    return Later(
        frozenset(numbers["alert"]),
        frozenset(numbers["case"]),
        frozenset(numbers["money"]),
        frozenset(runs),
        min(before_runs, default=None),
    )
