"""What an evidence pack of a packet or a case is made from: as it was at an entry of the audit log, masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from detection.audit.entry import Entry, values_of
from detection.store.casework.keys import PacketKey, key_of
from detection.store.casework.tables import CaseAlert, CaseEvent, CaseFile, MoneyEntry, Suppression
from detection.store.lifecycle import OPEN
from detection.store.queries import stored
from detection.store.queries.alert import AlertPage, alert_page
from detection.store.queries.casework.pack_log import Later, extract
from detection.store.queries.casework.pack_origins import Origins, origins_of
from detection.store.queries.casework.pack_rows import PackRow, pack_rows
from detection.store.queries.reader import Reader
from detection.store.run_manifest import manifest_of
from detection.store.schema import Alert, AlertEvent, CardVersion, Run
from features.errors import StoreError, UsageError


@dataclass(frozen=True)
class PackRun:
    """The run that readers saw at the entry."""

    run_id: str
    snapshot_id: str
    code_version: str
    config_digest: str
    as_of: str
    area: str
    first_day: str
    last_day: str
    simulated: bool
    policy_profile: str
    policy_digest: str
    policy_overlay: bool


@dataclass(frozen=True)
class PackAlert:
    """An alert, its status at the entry, and the events until then, oldest first."""

    page: AlertPage
    status: str
    events: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class PackCase:
    """A lead or a case: its events and its ledger until the entry, rows by name of column, and where it comes from."""

    case_id: str
    kind: str
    state: str
    opened_at: str
    from_lead: str
    events: tuple[Mapping[str, object], ...]
    money: tuple[Mapping[str, object], ...]
    origins: Origins


@dataclass(frozen=True)
class PackMaterial:
    """Everything that is in a pack.

    Attributes:
        about: ``packet:…`` or ``case:…``.
        packet_id, subject_kind, subject, pseudonym: the packet, and whom it is about; institutions by name.
        cards: detector and content of a card by digest.
        log: what the audit log says about it.
    """

    about: str
    packet_id: str
    subject_kind: str
    subject: str
    pseudonym: str
    run: PackRun
    alerts: tuple[PackAlert, ...]
    rows: tuple[PackRow, ...]
    cases: tuple[PackCase, ...]
    cards: Mapping[str, tuple[str, Mapping[str, Any]]]
    log: tuple[Entry, ...]


def pack_material(reader: Reader, name: str, up_to: int | None = None) -> PackMaterial:
    """What a pack of a packet or a case holds.

    Args:
        reader: of the store.
        name: of a packet (``institutions.I-…``), a lead or a case (``C-2026-0001``).
        up_to: number of the last entry of the audit log that may be in it; None for all.

    Raises:
        UsageError: there is no such packet or case, it has no alert, or the log has no such entry.
        StoreError: the store has not kept the run or a card.
    """
    case = reader.session.get(CaseFile, name)
    key = _key(reader, case, name)
    files = _files(reader, key)
    alerts = _alerts_of(reader, key, [file.case_id for file in files])
    origins = {
        file.case_id: origins_of(reader, file.case_id, up_to)
        for file in files
        if not case or file.case_id == name
    }
    logged = extract(reader, _objects(reader, key, files, alerts, origins), up_to)
    run = _run(reader, logged.entries)
    shown_files = [file for file in files if file.case_id in origins]
    states = {file.case_id: _case(reader, file, logged.later, origins[file.case_id]) for file in shown_files}
    known = {case_id: each for case_id, each in states.items() if each is not None}
    shown = _in_case(reader, name, logged.later) if case else _waiting(reader, key, logged.later)
    if not shown:
        raise UsageError(
            "There is no open alert in {name}.", next_step="choose another: fundwatch packets", name=name
        )
    inside = tuple(_alert(reader, alert_id, logged.later) for alert_id in sorted(shown))
    return PackMaterial(
        about=f"case:{name}" if case else f"packet:{name}",
        packet_id=key.packet_id(reader.workspace.pseudonym_key()),
        subject_kind=key.kind,
        subject=reader.name(key.kind, key.subject),
        pseudonym=reader.identity(key.kind, key.subject),
        run=run,
        alerts=inside,
        rows=tuple(pack_rows(reader, [each.page.row.alert_id for each in inside], run.snapshot_id)),
        cases=tuple(each for _, each in sorted(known.items())),
        cards=_cards(reader, {each.page.card_digest for each in inside}),
        log=logged.entries,
    )


def _key(reader: Reader, case: CaseFile | None, name: str) -> PacketKey:
    if case is not None:
        return PacketKey(case.queue, case.packet_kind, case.packet_subject)
    return key_of(reader.session.connection(), reader.workspace.pseudonym_key(), name)


def _files(reader: Reader, key: PacketKey) -> Sequence[CaseFile]:
    table = CaseFile
    return reader.session.scalars(select(table).where(key.rows(table)).order_by(table.case_id)).all()


def _alerts_of(reader: Reader, key: PacketKey, case_ids: Sequence[str]) -> list[str]:
    """Alerts that are or were in the packet, or in its cases."""
    own = reader.session.scalars(select(Alert.alert_id).where(key.alerts()))
    in_cases = reader.session.scalars(select(CaseAlert.alert_id).where(CaseAlert.case_id.in_(case_ids)))
    return sorted({*own, *in_cases})


def _objects(
    reader: Reader,
    key: PacketKey,
    files: Iterable[CaseFile],
    alerts: Iterable[str],
    origins: Mapping[str, Origins],
) -> list[str]:
    table = Suppression
    numbers = reader.session.scalars(select(table.suppression_id).where(key.rows(table)))
    return [
        f"packet:{key.packet_id(reader.workspace.pseudonym_key())}",
        *(f"case:{file.case_id}" for file in files),
        *(f"case:{lead}" for each in origins.values() for lead in each.leads),
        *(f"alert:{alert_id}" for alert_id in alerts),
        *(f"suppression:{number}" for number in numbers),
    ]


def _run(reader: Reader, entries: Iterable[Entry]) -> PackRun:
    """The last run of the extract; the one that readers see where it has none."""
    names = [str(values_of(entry.after).get("run")) for entry in entries if entry.action == "run"]
    run = reader.session.get(Run, names[-1]) if names else reader.current_run()
    if run is None:
        raise StoreError(
            "The store has not kept the run {run_id}.",
            next_step="build the pack up to a later entry, or restore an earlier backup",
            run_id=names[-1],
        )
    policy = manifest_of(run).policy
    return PackRun(
        run_id=run.run_id,
        snapshot_id=run.snapshot_id,
        code_version=run.code_version,
        config_digest=run.config_digest,
        as_of=run.as_of,
        area=run.area,
        first_day=run.first_day or "",
        last_day=run.last_day or "",
        simulated=run.simulated,
        policy_profile=policy.profile or "",
        policy_digest=policy.digest,
        policy_overlay=policy.overlay,
    )


def _case(reader: Reader, file: CaseFile, later: Later, origins: Origins) -> PackCase | None:
    """A case at the entry; None where it was not there yet."""
    event, entry = CaseEvent, MoneyEntry
    events = [
        row
        for row in reader.session.scalars(
            select(event).where(event.case_id == file.case_id).order_by(event.event_id)
        )
        if row.event_id not in later.case_events
    ]
    money = [
        row
        for row in reader.session.scalars(
            select(entry).where(entry.case_id == file.case_id).order_by(entry.entry_id)
        )
        if row.entry_id not in later.money
    ]
    if not events:
        return None
    return PackCase(
        case_id=file.case_id,
        kind=file.kind,
        state=events[-1].state_after,
        opened_at=file.opened_at,
        from_lead=file.from_lead or "",
        events=tuple(_columns(row) for row in events),
        money=tuple(_columns(row) for row in money),
        origins=origins,
    )


def _columns(row: CaseEvent | MoneyEntry) -> dict[str, object]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _in_case(reader: Reader, case_id: str, later: Later) -> list[str]:
    table = CaseAlert
    query = select(table.alert_id, table.event_id).where(table.case_id == case_id)
    return [alert_id for alert_id, event in reader.session.execute(query) if event not in later.case_events]


def _waiting(reader: Reader, key: PacketKey, later: Later) -> list[str]:
    """Alerts of a packet that waited for work at the entry; see `detection.store.casework.waiting`."""
    return [
        alert.alert_id
        for alert in reader.session.scalars(select(Alert).where(key.alerts()))
        if alert.first_run_id not in later.runs and _status(reader, alert, later) in OPEN
    ]


def _status(reader: Reader, alert: Alert, later: Later) -> str:
    """The status at the entry."""
    after = [event for event in stored.events(reader, alert.alert_id) if later.has(event)]
    return after[0].status_before if after else alert.status


def _alert(reader: Reader, alert_id: str, later: Later) -> PackAlert:
    alert = stored.alert(reader, alert_id)
    events = [event for event in stored.events(reader, alert_id) if not later.has(event)]
    return PackAlert(
        alert_page(reader, alert_id),
        _status(reader, alert, later),
        tuple(_event(reader, event) for event in events),
    )


def _event(reader: Reader, event: AlertEvent) -> dict[str, object]:
    return {
        "event": event.event_id,
        "at": event.at,
        "actor": event.actor,
        "action": event.action,
        "before": event.status_before,
        "after": event.status_after,
        "note_en": reader.sentence(event.note),
        "note_zh": reader.sentence(event.note_zh or event.note),
    }


def _cards(reader: Reader, digests: Iterable[str]) -> dict[str, tuple[str, Mapping[str, Any]]]:
    cards: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for digest in sorted(digests):
        row = reader.session.get(CardVersion, digest)
        if row is None:
            raise StoreError("The store has no card of version {digest}.", digest=digest)
        cards[digest] = row.detector, row.content
    return cards
