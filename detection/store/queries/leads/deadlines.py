"""The clocks of outside leads: those of every lead, counted from the day of receipt, and the sender's deadline.

The sender's deadline stays until the sender can be answered: on the lead, and on the case in which the lead goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from detection.cases.clocks import Deadline, Entered, deadlines
from detection.cases.life_cycle import Kind, ended_states, life_cycle
from detection.cases.working_days import calendar
from detection.store.casework.tables import CaseFile
from detection.store.leads.tables import OutsideLead
from detection.store.queries.leads.course import comes_from, in_running_cases
from detection.store.queries.reader import Reader

SENDER = "sender_deadline"
"""The clock that the sender set."""
_AT_ONCE = 500


@dataclass(frozen=True)
class Dates:
    """When an outside lead was received, and by when a sender expects an answer.

    Attributes:
        received: None for a case, and for a lead of another origin.
        deadline: the first of the thing itself and of what goes on in it; None where no sender set a day, and where the
            thing has ended and goes on in no running case.
    """

    received: dt.date | None
    deadline: dt.date | None


def dates_of(reader: Reader, case_ids: Sequence[str]) -> dict[str, Dates]:
    """The dates of those of several leads and cases that are outside leads or continue some, by number."""
    sources = comes_from(reader, case_ids)
    sent = _sent(reader, sorted({*case_ids}.union(*sources.values())))
    if not sent:
        return {}
    answered = _ended(reader, case_ids)
    answered -= in_running_cases(reader, sorted(answered & {*sent}))
    dates = {}
    for case_id in case_ids:
        received = sent[case_id][0] if case_id in sent else None
        days = [sent[each][1] for each in (case_id, *sources.get(case_id, ())) if each in sent]
        deadline = None if case_id in answered else min((day for day in days if day), default=None)
        if received or deadline:
            dates[case_id] = Dates(received, deadline)
    return dates


def clocks(
    kind: Kind, history: Sequence[Entered], dates: Dates | None, today: dt.date
) -> tuple[Deadline, ...]:
    """The clocks that run in the last state of a lead or a case, and a sender's deadline; the first to end first.

    Args:
        kind: of the thing.
        history: of it.
        dates: of an outside lead, or of what continues one; None for anything else.
        today: the day on which it is looked at.
    """
    cycle, known = life_cycle(kind), calendar()
    if dates is None or not history:
        return deadlines(cycle, history, known, today)
    if dates.received is not None:
        first = Entered(history[0].state, min(dates.received, history[0].day), history[0].move)
        history = [first, *history[1:]]
    running = deadlines(cycle, history, known, today)
    if dates.deadline is None:
        return running
    day = dates.deadline
    unknown = known.unknown(today, day) if today <= day else ()
    sender = Deadline(SENDER, day, known.between(today, day), today > day, False, unknown)
    return tuple(sorted((sender, *running), key=lambda deadline: (deadline.day, deadline.clock)))


def _sent(reader: Reader, numbers: Sequence[str]) -> dict[str, tuple[dt.date, dt.date | None]]:
    table = OutsideLead
    query = select(table.case_id, table.received_on, table.deadline)
    return {
        case_id: (dt.date.fromisoformat(received), dt.date.fromisoformat(deadline) if deadline else None)
        for start in range(0, len(numbers), _AT_ONCE)
        for case_id, received, deadline in reader.session.execute(
            query.where(table.case_id.in_(numbers[start : start + _AT_ONCE]))
        )
    }


def _ended(reader: Reader, case_ids: Sequence[str]) -> set[str]:
    query = select(CaseFile.case_id).where(CaseFile.state.in_(ended_states()))
    return {
        case_id
        for start in range(0, len(case_ids), _AT_ONCE)
        for case_id in reader.session.scalars(
            query.where(CaseFile.case_id.in_(case_ids[start : start + _AT_ONCE]))
        )
    }
