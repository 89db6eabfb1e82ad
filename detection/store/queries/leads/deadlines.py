"""The clocks of outside leads: the sender's deadline, or the clock of leads from the day of receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from detection.cases.clocks import Deadline, Entered, deadlines
from detection.cases.life_cycle import Kind, life_cycle
from detection.cases.working_days import calendar
from detection.store.leads.tables import OutsideLead
from detection.store.queries.reader import Reader

SENDER = "sender_deadline"
"""The clock that the sender set."""
_AT_ONCE = 500


@dataclass(frozen=True)
class Dates:
    """When a lead was received, and by when its sender expects an answer; None where the sender set no day."""

    received: dt.date
    deadline: dt.date | None


def dates_of(reader: Reader, case_ids: Sequence[str]) -> dict[str, Dates]:
    """The dates of those of several leads and cases that are outside leads, by number."""
    table = OutsideLead
    query = select(table.case_id, table.received_on, table.deadline)
    return {
        case_id: Dates(dt.date.fromisoformat(received), dt.date.fromisoformat(deadline) if deadline else None)
        for start in range(0, len(case_ids), _AT_ONCE)
        for case_id, received, deadline in reader.session.execute(
            query.where(table.case_id.in_(case_ids[start : start + _AT_ONCE]))
        )
    }


def clocks(
    kind: Kind, history: Sequence[Entered], dates: Dates | None, today: dt.date
) -> tuple[Deadline, ...]:
    """The clocks that run in the last state of a lead or a case, the first to end first.

    Args:
        kind: of the thing.
        history: of it.
        dates: of an outside lead; None for anything else.
        today: the day on which it is looked at.
    """
    cycle = life_cycle(kind)
    if dates is None or not history:
        return deadlines(cycle, history, calendar(), today)
    if dates.deadline is None:
        first = Entered(history[0].state, min(dates.received, history[0].day), history[0].move)
        return deadlines(cycle, [first, *history[1:]], calendar(), today)
    if not cycle.state[history[-1].state].clocks:
        return ()
    day, known = dates.deadline, calendar()
    unknown = known.unknown(today, day) if today <= day else ()
    return (Deadline(SENDER, day, known.between(today, day), today > day, False, unknown),)
