"""What goes back to a sender: for each of its leads the state, and what may be said of the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select

from detection.cases.life_cycle import life_cycle
from detection.cases.money import RECOVERY_KINDS, Sums, sums
from detection.leads.feedback import goes_back
from detection.store.casework.events import entries
from detection.store.casework.tables import CaseEvent, CaseFile
from detection.store.leads.tables import OUTSIDE, OutsideLead
from detection.store.queries.leads.course import goes_on_in
from detection.store.queries.leads.queue import LISTED, in_scope
from detection.store.queries.leads.sharing import about_more
from detection.store.queries.reader import Reader

FeedbackState = Literal["received", "checking", "in_case", "decided", "closed", "ended"]
"""Received, being checked, in a case, the case is decided, it is closed, ended without a case."""
_RECEIVED, _ENDED = "registered", "ended"
_CLOSED = ("closed", "looked_back")
_DAY = 10
_AT_ONCE = 500


@dataclass(frozen=True)
class FeedbackLine:
    """What goes back for one lead.

    Attributes:
        sender_number, number: the sender's and ours.
        day: ISO day since which it is in this state.
        verdict, disposition: codes; empty while they are not final, or where they do not go back.
        confirmed, received: fen, likewise None; also where the case is about more than this lead.
        shared: whether money is left out because the case is about more than this lead.
    """

    sender_number: str
    number: str
    received_on: str
    deadline: str
    state: FeedbackState
    day: str
    verdict: str = ""
    disposition: str = ""
    confirmed: int | None = None
    received: int | None = None
    shared: bool = False


def feedback_lines(reader: Reader, sender: str) -> list[FeedbackLine]:
    """The leads of a sender by the sender's number; none for a reader of some districts."""
    leads = reader.session.execute(
        select(*LISTED, CaseFile.state, CaseFile.verdict)
        .join(CaseFile, CaseFile.case_id == OutsideLead.case_id)
        .where(CaseFile.queue == OUTSIDE, OutsideLead.sender == sender, in_scope(reader))
        .order_by(OutsideLead.sender_number)
    ).all()
    course = goes_on_in(reader, [lead.case_id for lead in leads])
    files = _files(reader, [*set(course.values())])
    days = _days(reader, [*(lead.case_id for lead in leads), *files])
    cases = {
        lead: files[number]
        for lead, number in course.items()
        if number in files and files[number].kind == "case"
    }
    shared = about_more(reader, cases)
    return [
        _line(reader, lead, files.get(course.get(lead.case_id, "")), days, shared=lead.case_id in shared)
        for lead in leads
    ]


def _line(reader: Reader, lead: Any, file: Any, days: Mapping[str, str], *, shared: bool) -> FeedbackLine:
    """What goes back for a lead; ``file`` is the case or the lead in which it goes on, None where in none.

    The money of a case is stated where the case is about this lead alone: a sum of several leads would be stated
    several times, and would tell a sender what others sent.
    """
    about = file or lead
    case = file if file and file.kind == "case" else None
    state = _case_state(case.state) if case else _lead_state(about.state)
    parts = goes_back()[lead.kind]
    known = state in ("decided", "closed", "ended")
    has_money = case is not None and known and "money" in parts
    own = has_money and not shared
    money = sums(entries(reader.session.connection(), case.case_id)) if case and own else {}
    return FeedbackLine(
        sender_number=lead.sender_number,
        number=lead.case_id,
        received_on=lead.received_on,
        deadline=lead.deadline or "",
        state=state,
        day=days.get(about.case_id, "")[:_DAY],
        verdict=about.verdict if known and "verdict" in parts else "",
        disposition=case.disposition if case and known and "disposition" in parts else "",
        confirmed=_total(money, "confirmed") if money else None,
        received=_total(money, "received") if money else None,
        shared=has_money and shared,
    )


def _case_state(state: str) -> FeedbackState:
    if state in _CLOSED:
        return "closed"
    return "decided" if life_cycle("case").state[state].final else "in_case"


def _lead_state(state: str) -> FeedbackState:
    if state == _ENDED:
        return "ended"
    return "received" if state == _RECEIVED else "checking"


def _total(money: Sums, stage: Literal["confirmed", "received"]) -> int:
    """Fen of the pooled fund and of accounts; fines and damages, which confirm nothing, come in beside them."""
    return sum(money.get((kind, fund, stage), 0) for kind in RECOVERY_KINDS for fund in ("pool", "account"))


def _files(reader: Reader, case_ids: Sequence[str]) -> dict[str, Any]:
    table = CaseFile.__table__
    return {
        row.case_id: row
        for start in range(0, len(case_ids), _AT_ONCE)
        for row in reader.session.execute(
            select(table).where(CaseFile.case_id.in_(case_ids[start : start + _AT_ONCE]))
        )
    }


def _days(reader: Reader, case_ids: Sequence[str]) -> dict[str, str]:
    """When each came into its last state."""
    event = CaseEvent
    query = (
        select(event.case_id, func.max(event.at))
        .where(event.state_before != event.state_after)
        .group_by(event.case_id)
    )
    begun = select(event.case_id, func.min(event.at)).group_by(event.case_id)
    return {
        case_id: at
        for each in (begun, query)
        for start in range(0, len(case_ids), _AT_ONCE)
        for case_id, at in reader.session.execute(
            each.where(event.case_id.in_(case_ids[start : start + _AT_ONCE]))
        )
    }
