"""Whether events of alerts and cases, money, reveals and exports are what the entries of the log say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from detection.audit.entry import BEGIN, Entry, object_name, plain, values_of, without_numbers
from detection.audit.faults import Fault
from detection.store.audit.drafts import events_of_run
from detection.store.audit.genesis import earlier
from detection.store.casework.tables import CaseDocument, CaseEvent, MoneyEntry
from detection.store.leads.tables import OutsideLead, sent_hash
from detection.store.queries.audit.users import Users
from detection.store.queries.reader import Reader
from detection.store.schema import AlertEvent, Base, Export, Reveal
from features.message import Message

_AT_ONCE = 500
_DAY = 10
_MONEY = "record_money"
"""A move whose entry has no code."""


@dataclass(frozen=True)
class _Table:
    """A table whose rows have entries.

    Attributes:
        rows: its class.
        number: what an entry calls a row's number.
        key: its number.
        objects: beginnings of the objects that such entries are about.
        stated: what an entry says of a row, to be compared with `stored`.
        stored: what a row says.
        latest: whether a later entry about a row takes the place of the one before.
    """

    rows: type[Base]
    number: str
    key: Any
    objects: tuple[str, ...]
    stated: Callable[[Entry, dict[str, Any]], tuple[object, ...]]
    stored: Callable[[Any], tuple[object, ...]]
    latest: bool = False


def _clean(text: str) -> str:
    return without_numbers(plain(text))


_TABLES = {
    "alert_event": _Table(
        AlertEvent,
        "event",
        AlertEvent.event_id,
        ("alert:",),
        lambda entry, after: (
            entry.object, entry.at, entry.actor, entry.action, entry.reason,
            values_of(entry.before).get("status"), after.get("status"), after.get("code", ""),
            after.get("until", ""),
        ),
        lambda row: (
            f"alert:{row.alert_id}", row.at, plain(row.actor), row.action, _clean(row.note),
            row.status_before, row.status_after, plain(row.code), row.until,
        ),
    ),
    "reveal": _Table(
        Reveal,
        "reveal",
        Reveal.reveal_id,
        ("identity:", "list:"),
        lambda entry, after: (
            entry.object, entry.at, entry.actor, entry.reason, after["what"], after["rows"], after["until"],
        ),
        lambda row: (
            object_name(f"identity:{row.subject}" if row.subject else f"list:{row.what}"),
            row.at, plain(row.actor), _clean(row.reason), row.what, row.rows, row.until,
        ),
    ),
    "export": _Table(
        Export,
        "export",
        Export.export_id,
        ("list:",),
        lambda entry, after: (
            entry.object, entry.at, entry.actor, after["detail"], after["format"], after["rows"],
        ),
        lambda row: (
            object_name(f"list:{row.what}"),
            row.at, plain(row.actor), _clean(row.detail), row.file_format, row.rows,
        ),
    ),
    "case_event": _Table(
        CaseEvent,
        "event",
        CaseEvent.event_id,
        ("case:", "packet:"),
        lambda entry, after: (
            after.get("case", entry.object.removeprefix("case:")), entry.at, entry.actor, entry.role,
            entry.action, entry.reason, values_of(entry.before).get("state", after.get("state")),
            after.get("state"), after.get("code", ""), after.get("people", ""),
        ),
        lambda row: (
            row.case_id, row.at, plain(row.actor), row.role,
            row.move, _clean(row.reason), row.state_before,
            row.state_after, "" if row.move == _MONEY else plain(row.code), plain(", ".join(row.people)),
        ),
    ),
    "money_entry": _Table(
        MoneyEntry,
        "money",
        MoneyEntry.entry_id,
        ("case:",),
        lambda entry, after: (
            entry.object.removeprefix("case:"), entry.at[:_DAY], after["kind"], after["fund"], after["stage"],
            after["amount"],
        ),
        lambda row: (row.case_id, row.day, row.kind, row.fund, row.stage, row.amount),
    ),
    "case_document": _Table(
        CaseDocument,
        "file",
        CaseDocument.document_id,
        ("case:",),
        lambda entry, after: (after["event"], after["sha256"], after["size"]),
        lambda row: (row.event_id, row.sha256, row.size),
    ),
    "outside_lead": _Table(
        OutsideLead,
        "lead",
        OutsideLead.lead_id,
        ("case:",),
        lambda entry, after: (entry.object.removeprefix("case:"), after["lead_hash"]),
        lambda row: (row.case_id, sent_hash(row)),
        latest=True,
    ),
}  # fmt: skip
_BEFORE_THE_LOG = ("alert_event", "reveal", "export")
"""Tables that the first entry counts."""


@dataclass
class History:
    """Compares while the log is read; entries of authentic content only.

    Attributes:
        fault: the first difference.
    """

    connection: Connection
    fault: Fault | None = None
    _last: int = 0
    _users: Users = field(default_factory=Users)
    _waiting: dict[str, dict[int, tuple[Entry, dict[str, Any]]]] = field(
        default_factory=lambda: {name: {} for name in _TABLES}
    )
    _known: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_TABLES, 0))

    def watched(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries themselves; each is compared once the verification has accepted it and asks for the next."""
        for entry in entries:
            yield entry
            self._last = entry.number
            if self.fault is None:
                self._take(entry)

    def finish(self) -> Fault | None:
        """The first difference in a log without another fault: also rows that no entry knows."""
        for name in _TABLES:
            self._compare(name)
        for name, table in _TABLES.items():
            there = self.connection.scalar(select(func.count()).select_from(table.rows)) or 0
            if self.fault is None and there != self._known[name]:
                what = Message(
                    "{table}: there are {there:,} rows, and the log knows of {known:,}.",
                    table=name,
                    there=there,
                    known=self._known[name],
                )
                self._differs(self._last + 1, what)
        if (number := self._users.changed(self.connection, self._last)) is not None:
            self._changed(number, "account_user")
        return self.fault

    def _take(self, entry: Entry) -> None:
        self._users.take(entry)
        if entry.action == BEGIN:
            self._begin(entry)
        elif entry.action == "run":
            self._run(entry)
        elif entry.after is not None:
            for name, table in _TABLES.items():
                if entry.object.startswith(table.objects) and f'"{table.number}":' in entry.after:
                    self._await(name, entry, values_of(entry.after))

    def _await(self, name: str, entry: Entry, after: dict[str, Any]) -> None:
        """Compare an entry with the row that it names, together with others."""
        waiting, latest = self._waiting[name], _TABLES[name].latest
        if isinstance(number := after.get(_TABLES[name].number), int):
            self._known[name] += not (latest and number in waiting)
            waiting[number] = entry, after
            if len(waiting) >= _AT_ONCE and not latest:
                self._compare(name)

    def _begin(self, entry: Entry) -> None:
        after = values_of(entry.after)
        for name in _BEFORE_THE_LOG:
            rows = after.get(name)
            there = earlier(self.connection, name, rows if isinstance(rows, int) else 0)
            self._known[name] += there.rows
            if (there.rows, there.digest) != (rows, after.get(f"{name}_hash")):
                self._changed(entry.number, name)

    def _run(self, entry: Entry) -> None:
        after = values_of(entry.after)
        before, count = after.get("events_after"), after.get("events")
        if isinstance(before, int) and isinstance(count, int):
            self._known["alert_event"] += count
            if events_of_run(self.connection, before, count) != (count, after.get("events_hash")):
                self._changed(entry.number, "alert_event")

    def _compare(self, name: str) -> None:
        table, waiting = _TABLES[name], self._waiting[name]
        query, numbers, rows = select(*table.rows.__table__.columns), [*waiting], dict[int, Any]()
        for start in range(0, len(numbers), _AT_ONCE):
            batch = query.where(table.key.in_(numbers[start : start + _AT_ONCE]))
            rows |= {getattr(row, table.key.key): row for row in self.connection.execute(batch)}
        for number, (entry, after) in waiting.items():
            row = rows.get(number)
            if row is None or table.stored(row) != table.stated(entry, after):
                self._changed(entry.number, name)
        waiting.clear()

    def _changed(self, number: int, table: str) -> None:
        what = Message(
            "{table}: what entry {number:,} says was done is not what is stored.", table=table, number=number
        )
        self._differs(number, what)

    def _differs(self, number: int, what: Message) -> None:
        if self.fault is None or number < self.fault.number:
            self.fault = Fault("history", number, what)


def history(reader: Reader) -> History:
    """A comparison of what is stored with the log."""
    return History(reader.session.connection())
