"""Leads and cases: what is due, one with its history, and its money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import func, select

from detection.cases.clocks import Deadline, Entered
from detection.cases.life_cycle import Kind, life_cycle, running_states
from detection.cases.limitation import Limitation, limitation
from detection.cases.money import Sums, sums
from detection.cases.moves import Done, Standing
from detection.store.casework.events import entries, stored
from detection.store.casework.keys import PacketKey
from detection.store.casework.lineage import inherited_by
from detection.store.casework.tables import CaseAlert, CaseEvent, CaseFile, CasePerson
from detection.store.leads.tables import OUTSIDE
from detection.store.queries.alerts import Row, listed
from detection.store.queries.leads.deadlines import Dates, clocks, dates_of
from detection.store.queries.reader import Reader
from detection.store.schema import Alert
from features.errors import UsageError

_DAY = 10
_AT_ONCE = 500
_NO_PENALTY = "agreement"
_KINDS = ("lead", "case")
"""Both: the index on states begins with the kind."""


@dataclass(frozen=True)
class CaseFilters:
    """Which leads and cases a list holds; an empty text filters nothing.

    Attributes:
        kind: ``lead`` or ``case``.
        state: of its life cycle.
        inspector: who is assigned.
        open: only those that have not ended.
    """

    kind: str = ""
    state: str = ""
    inspector: str = ""
    open: bool = False


@dataclass(frozen=True)
class Case:
    """A lead or a case.

    Attributes:
        packet_id, packet_kind, subject, pseudonym: what it is about, masked; institutions by name. An outside lead is
            about a subject and has no packet of its own: ``packet_id`` is empty.
        inspectors: who is assigned, by name.
        due: the clock that ends first; None where none runs.
        standing: where it stands, its money aside.
        last_event: what an act on it must have seen.
        limitation: of a penalty; None where none can follow: on the track of the agreement, or once it is decided.
    """

    case_id: str
    kind: Kind
    packet_id: str
    packet_kind: str
    subject: str
    pseudonym: str
    queue: str
    district: str
    state: str
    track: str
    verdict: str
    disposition: str
    opened_at: str
    inspectors: tuple[str, ...]
    due: Deadline | None
    standing: Standing
    last_event: int
    limitation: Limitation | None = None


@dataclass(frozen=True)
class Event:
    """A move of a case, or a record; ``until`` and ``document_day`` are ISO days, empty where there is none."""

    event_id: int
    at: str
    actor: str
    role: str
    move: str
    before: str
    after: str
    reason: str
    code: str
    until: str
    document: str
    document_day: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class CasePage:
    """A case with where it stands, its clocks, history (oldest first), alerts and ledger."""

    case: Case
    standing: Standing
    clocks: tuple[Deadline, ...]
    events: tuple[Event, ...]
    alerts: tuple[Row, ...]
    money: Sums


def cases(reader: Reader, filters: CaseFilters, today: dt.date) -> list[Case]:
    """Leads and cases, what is due first at the top, then by number."""
    query = select(CaseFile)
    for column, value in ((CaseFile.kind, filters.kind), (CaseFile.state, filters.state)):
        query = query.where(column == value) if value else query
    if filters.inspector:
        own = select(CasePerson.case_id).where(
            CasePerson.name == filters.inspector, CasePerson.part == "inspector"
        )
        query = query.where(CaseFile.case_id.in_(own))
    if filters.open:
        query = query.where(CaseFile.kind.in_(_KINDS), CaseFile.state.in_(running_states()))
    return _sorted_cases(reader, reader.session.scalars(query).all(), today)


def cases_of(reader: Reader, case_ids: Sequence[str], today: dt.date) -> list[Case]:
    """Leads and cases by number, what is due first at the top."""
    files = [
        file
        for start in range(0, len(case_ids), _AT_ONCE)
        for file in reader.session.scalars(
            select(CaseFile).where(CaseFile.case_id.in_(case_ids[start : start + _AT_ONCE]))
        )
    ]
    return _sorted_cases(reader, files, today)


def _sorted_cases(reader: Reader, files: Sequence[CaseFile], today: dt.date) -> list[Case]:
    case_ids = [file.case_id for file in files]
    dates = dates_of(reader, case_ids)
    events, people = _events(reader, case_ids), _people(reader, case_ids)
    days, before = _days(reader, case_ids), inherited_by(reader.session.connection(), case_ids)
    rows = [
        _case(
            reader,
            file,
            [*before.get(file.case_id, ()), *events[file.case_id]],
            people[file.case_id],
            days.get(file.case_id),
            dates.get(file.case_id),
            today,
        )
        for file in files
    ]
    return sorted(rows, key=lambda row: (row.due.day if row.due else dt.date.max, row.case_id))


def case_page(reader: Reader, case_id: str, today: dt.date) -> CasePage:
    """One lead or case.

    Raises:
        UsageError: there is none of this number.
    """
    file = reader.session.get(CaseFile, case_id)
    if file is None:
        raise UsageError(
            "There is no case {case_id}.", next_step="list them: fundwatch case list", case_id=case_id
        )
    connection = reader.session.connection()
    events, people = _events(reader, [case_id])[case_id], _people(reader, [case_id])[case_id]
    alerts = reader.session.scalars(
        select(Alert)
        .join(CaseAlert, CaseAlert.alert_id == Alert.alert_id)
        .where(CaseAlert.case_id == case_id)
        .order_by(Alert.rank, Alert.alert_id)
    ).all()
    whole = [*inherited_by(connection, [case_id]).get(case_id, ()), *events]
    days, dates = _days(reader, [case_id]).get(case_id), dates_of(reader, [case_id]).get(case_id)
    return CasePage(
        _case(reader, file, whole, people, days, dates, today),
        stored(connection, case_id, None).standing,
        clocks(_kind(file), [_entered(event) for event in whole], dates, today),
        tuple(_event(event) for event in events),
        tuple(listed(reader, alerts)),
        sums(entries(connection, case_id)),
    )


def _case(
    reader: Reader,
    file: CaseFile,
    events: Sequence[CaseEvent],
    people: Mapping[str, str],
    days: tuple[str, str] | None,
    dates: Dates | None,
    today: dt.date,
) -> Case:
    key = PacketKey(file.queue, file.packet_kind, file.packet_subject)
    running = clocks(_kind(file), [_entered(event) for event in events], dates, today)
    inspectors = [name for name, part in people.items() if part == "inspector"]
    past = tuple(Done(event.move, event.actor) for event in events)
    return Case(
        case_id=file.case_id,
        kind=_kind(file),
        packet_id="" if file.queue == OUTSIDE else key.packet_id(reader.workspace.pseudonym_key()),
        packet_kind=key.kind,
        subject=reader.name(key.kind, key.subject),
        pseudonym=reader.identity(key.kind, key.subject),
        queue=file.queue,
        district=file.district or "",
        state=file.state,
        track=file.track,
        verdict=file.verdict,
        disposition=file.disposition,
        opened_at=file.opened_at,
        inspectors=tuple(inspectors),
        due=running[0] if running else None,
        standing=Standing(
            file.state,
            past,
            inspectors=frozenset(inspectors),
            recused=frozenset(name for name, part in people.items() if part == "recused"),
            track=file.track,
        ),
        last_event=file.last_event,
        limitation=_limitation(file, days, past),
    )


def _limitation(file: CaseFile, days: tuple[str, str] | None, past: Sequence[Done]) -> Limitation | None:
    if days is None or file.track == _NO_PENALTY or life_cycle(_kind(file)).state[file.state].final:
        return None
    first, last = (dt.date.fromisoformat(day[:_DAY]) for day in days)
    return limitation(first, last, past)


def _days(reader: Reader, case_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """First and last day of the evidence of each case that has alerts."""
    query = (
        select(CaseAlert.case_id, func.min(Alert.period_start), func.max(Alert.period_end))
        .join(Alert, Alert.alert_id == CaseAlert.alert_id)
        .where(CaseAlert.case_id.in_(case_ids))
        .group_by(CaseAlert.case_id)
    )
    return {
        case_id: (first, last) for case_id, first, last in reader.session.execute(query) if first and last
    }


def _events(reader: Reader, case_ids: Sequence[str]) -> dict[str, list[CaseEvent]]:
    events: dict[str, list[CaseEvent]] = {case_id: [] for case_id in case_ids}
    query = select(CaseEvent).where(CaseEvent.case_id.in_(case_ids)).order_by(CaseEvent.event_id)
    for event in reader.session.scalars(query):
        events[event.case_id].append(event)
    return events


def _people(reader: Reader, case_ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """The part of each person, by case, in order of the names."""
    parts: dict[str, dict[str, str]] = {case_id: {} for case_id in case_ids}
    table = CasePerson
    query = select(table.case_id, table.name, table.part).where(table.case_id.in_(case_ids))
    for case_id, name, part in reader.session.execute(query.order_by(table.name)):
        parts[case_id][name] = part
    return parts


def _entered(event: CaseEvent) -> Entered:
    until = dt.date.fromisoformat(event.until) if event.until else None
    return Entered(event.state_after, dt.date.fromisoformat(event.at[:_DAY]), event.move, until)


def _event(event: CaseEvent) -> Event:
    people: list[Any] = event.people
    return Event(
        event_id=event.event_id,
        at=event.at,
        actor=event.actor,
        role=event.role,
        move=event.move,
        before=event.state_before,
        after=event.state_after,
        reason=event.reason,
        code=event.code,
        until=event.until or "",
        document=event.document,
        document_day=event.document_day or "",
        people=tuple(str(name) for name in people),
    )


def _kind(file: CaseFile) -> Kind:
    return cast("Kind", file.kind)
