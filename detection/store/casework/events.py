"""Events of leads and cases: where one stands, and what is appended to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, delete, func, insert, select, update

from detection.cases.life_cycle import Kind, life_cycle
from detection.cases.money import Entry, Fund, MoneyStage, RecoveryKind, lacks_upheld, unsettled
from detection.cases.moves import Act, Actor, Standing
from detection.store.casework.lineage import past
from detection.store.casework.tables import CaseEvent, CaseFile, CasePerson, MoneyEntry
from features.errors import UsageError

PROPOSED = "propose_opening"
"""The move that a case begins with."""
REGISTERED = "register"
"""The move that a lead begins with."""
APPROVED = "approve_opening"
"""The move that opens a case."""

_LETTER = {"lead": "L", "case": "C"}
_DAY = 10


@dataclass(frozen=True)
class Changed:
    """What an act left: the case, its state, and the event that was appended."""

    case_id: str
    state: str
    event_id: int


@dataclass(frozen=True)
class Stored:
    """A lead or a case as it is stored: its kind, its last event, and where it stands."""

    case_id: str
    kind: Kind
    last_event: int
    standing: Standing


def stored(connection: Connection, case_id: str, seen: int | None) -> Stored:
    """A lead or a case.

    Args:
        connection: of the store.
        case_id: its number.
        seen: the last event that the actor knows of; None takes whatever happened meanwhile.

    Raises:
        UsageError: there is none, or something was done to it after ``seen``.
    """
    row = connection.execute(select(CaseFile.__table__).where(CaseFile.case_id == case_id)).first()
    if row is None:
        raise UsageError(
            "There is no case {case_id}.", next_step="list them: fundwatch case list", case_id=case_id
        )
    if seen is not None and seen != row.last_event:
        raise UsageError(
            "Case {case_id} was changed meanwhile.",
            next_step="look at what was done, and act again",
            case_id=case_id,
        )
    return Stored(
        case_id,
        cast("Kind", row.kind),
        row.last_event,
        _standing(connection, case_id, row.state, row.track, row.disposition),
    )


def entries(connection: Connection, case_id: str) -> list[Entry]:
    """The ledger of a case."""
    table = MoneyEntry
    rows = connection.execute(
        select(table.kind, table.fund, table.stage, table.amount)
        .where(table.case_id == case_id)
        .order_by(table.entry_id)
    )
    return [
        Entry(cast("RecoveryKind", kind), cast("Fund", fund), cast("MoneyStage", stage), amount)
        for kind, fund, stage, amount in rows
    ]


def next_number(connection: Connection, kind: Kind, at: str) -> str:
    """The next number of a year: ``C-2026-0001``."""
    return next_numbers(connection, kind, at, 1)[0]


def next_numbers(connection: Connection, kind: Kind, at: str, count: int) -> list[str]:
    """The next numbers of a year, as many as asked for."""
    start = f"{_LETTER[kind]}-{at[:4]}-"
    there = connection.scalar(select(func.count()).where(CaseFile.case_id.startswith(start, autoescape=True)))
    return [f"{start}{(there or 0) + number:04d}" for number in range(1, count + 1)]


def enter_money(connection: Connection, changed: Changed, entry: Entry, at: str) -> int:
    """Append to the ledger of a case, with the event that did it; the number of the entry."""
    stored = connection.execute(
        insert(MoneyEntry).values(
            case_id=changed.case_id,
            event_id=changed.event_id,
            day=at[:_DAY],
            kind=entry.kind,
            fund=entry.fund,
            stage=entry.stage,
            amount=entry.amount,
        )
    )
    [entry_id] = stored.inserted_primary_key or (0,)
    return int(entry_id)


def append(
    connection: Connection,
    case: Stored,
    actor: Actor,
    act: Act,
    at: str,
    state: str,
    people: frozenset[str] = frozenset(),
) -> Changed:
    """Append an event, and leave the case in a state."""
    event = connection.execute(
        insert(CaseEvent).values(
            case_id=case.case_id,
            at=at,
            actor=actor.name,
            role=actor.role,
            move=act.move,
            state_before=case.standing.state,
            state_after=state,
            reason=act.reason.strip(),
            code=act.code,
            until=_text(act.until),
            document=act.document.strip(),
            document_day=_text(act.document_day),
            people=sorted(people),
        )
    )
    [event_id] = event.inserted_primary_key or (0,)
    values: dict[str, object] = {"state": state, "last_event": int(event_id)}
    column = _COLUMN_OF_CODES.get(_codes(case.kind, act.move))
    if column:
        values[column] = act.code
    connection.execute(update(CaseFile).where(CaseFile.case_id == case.case_id).values(values))
    return Changed(case.case_id, state, int(event_id))


def set_part(connection: Connection, case_id: str, people: frozenset[str], part: str, event_id: int) -> None:
    """Give people a part in a case; new inspectors take the place of those before."""
    table = CasePerson
    if part == "inspector":
        connection.execute(delete(table).where(table.case_id == case_id, table.part == part))
    connection.execute(delete(table).where(table.case_id == case_id, table.name.in_(people)))
    for name in sorted(people):
        connection.execute(insert(table).values(case_id=case_id, name=name, part=part, event_id=event_id))


_COLUMN_OF_CODES = {
    "track": "track",
    "verdict": "verdict",
    "dismissal": "verdict",
    "disposition": "disposition",
}
"""Columns of a case that keep the code of a move, by its list of codes."""


def _codes(kind: Kind, move: str) -> str:
    declared = life_cycle(kind).move.get(move)
    return declared.codes if declared else ""


def _standing(connection: Connection, case_id: str, state: str, track: str, disposition: str) -> Standing:
    person = CasePerson
    parts = connection.execute(select(person.name, person.part).where(person.case_id == case_id)).all()
    ledger = entries(connection, case_id)
    return Standing(
        state,
        past(connection, case_id),
        inspectors=frozenset(name for name, part in parts if part == "inspector"),
        recused=frozenset(name for name, part in parts if part == "recused"),
        track=track,
        unsettled=unsettled(ledger),
        lacks_upheld=lacks_upheld(ledger, disposition),
    )


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
