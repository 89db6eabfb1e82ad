"""Two cases become one, one becomes two, and alerts leave or join a case: each in one transaction with its entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, delete, insert, select, update

from detection.cases.life_cycle import ended_states, life_cycle
from detection.cases.money import Fund, sums
from detection.cases.moves import Act, Actor, Standing, after
from detection.store.casework import events
from detection.store.casework.acting import ActWriter, Entering
from detection.store.casework.events import Changed, Stored
from detection.store.casework.keys import PacketKey
from detection.store.casework.lineage import MERGED, SPLIT
from detection.store.casework.opening import escalate, put_back
from detection.store.casework.tables import CaseAlert, CaseDocument, CaseFile, CaseLink, CaseTask
from detection.store.casework.tools.ledgers import carry_ledger, claimed, divide_claims, enter_difference
from features.errors import UsageError

_DAY = 10


class CombiningWriter(ActWriter):
    """Cases of a workspace, open for merging, splitting, and changes of their alerts."""

    def merge(self, case_id: str, into: str, actor: Actor, at: str, reason: str, seen: int | None) -> Changed:
        """End a lead or a case in another about the same subject: alerts, people, tasks, files and money go there.

        Returns:
            What it left of the case that goes on.

        Raises:
            MoveRefusedError: the actor may not, or one of both is too far.
            UsageError: they are not about one subject, or the case that would end is the older.
        """
        with self.acting("merge", f"case:{case_id}", actor, at, reason) as entering:
            connection, act = entering.connection, _act("merge", at, reason)
            ends, goes_on = events.stored(connection, case_id, seen), events.stored(connection, into, None)
            _refuse_pair(_file(connection, case_id), _file(connection, into))
            state = after(life_cycle(ends.kind), ends.standing, actor, act)
            joins = replace(act, move="take_over", reason=f"{case_id} · {act.reason.strip()}")
            after(life_cycle(goes_on.kind), goes_on.standing, actor, joins)
            own, others = _alerts(connection, case_id), _alerts(connection, into)
            ended = events.append(connection, ends, actor, act, at, state)
            joined = events.append(connection, goes_on, actor, joins, at, goes_on.standing.state)
            self._move(connection, case_id, joined, own, others)
            _join_people(connection, ends.standing, goes_on.standing, joined)
            connection.execute(
                insert(CaseLink).values(case_id=case_id, other_id=into, kind=MERGED, event_id=ended.event_id)
            )
            entering.enter(before={"state": ends.standing.state}, after=_left(ended) | {"into": into})
            entering.of_case(into, action="take_over", reason=joins.reason).enter(
                before={"state": joined.state}, after=_left(joined) | {"alerts": len(own - others)}
            )
            if goes_on.kind == "case":
                _carry_money(entering, ends, ended, joined, (own, others))
            return joined

    @staticmethod
    def _move(
        connection: Connection, case_id: str, joined: Changed, own: Collection[str], others: Collection[str]
    ) -> None:
        connection.execute(delete(CaseAlert).where(CaseAlert.case_id == case_id))
        _put(connection, joined, sorted(set(own) - set(others)))
        for table in (CaseTask, CaseDocument):
            connection.execute(update(table).where(table.case_id == case_id).values(case_id=joined.case_id))

    def split(
        self, case_id: str, alert_ids: Collection[str], actor: Actor, at: str, reason: str, seen: int | None
    ) -> Changed:
        """Put some alerts of a case into a new case, which has its people, its clocks and what was done before.

        Money other than what the alerts claim stays where it is; what alerts of both claim stays too.

        Returns:
            What it left of the new case.

        Raises:
            MoveRefusedError: the actor may not, or the case is too far.
            UsageError: an alert is not of the case, or none would stay in it.
        """
        with self.acting("split", f"case:{case_id}", actor, at, reason) as entering:
            connection, act = entering.connection, _act("split", at, reason)
            case, file = events.stored(connection, case_id, seen), _file(connection, case_id)
            state = after(life_cycle(case.kind), case.standing, actor, act)
            own, leave = _alerts(connection, case_id), _chosen(connection, case_id, alert_ids)
            number = events.next_number(connection, case.kind, at)
            changed = events.append(connection, case, actor, act, at, state)
            values = dict(file._mapping) | {"case_id": number, "from_lead": None, "last_event": 0}
            connection.execute(insert(CaseFile).values(values))
            new = Stored(number, case.kind, 0, case.standing)
            begun = replace(act, move="split_off", reason=f"{case_id} · {act.reason.strip()}")
            opened = events.append(connection, new, actor, begun, at, state)
            connection.execute(
                delete(CaseAlert).where(CaseAlert.case_id == case_id, CaseAlert.alert_id.in_(leave))
            )
            _put(connection, opened, sorted(leave))
            for part, names in (("inspector", case.standing.inspectors), ("recused", case.standing.recused)):
                events.set_part(connection, number, names, part, opened.event_id)
            connection.execute(
                insert(CaseLink).values(
                    case_id=number, other_id=case_id, kind=SPLIT, event_id=changed.event_id
                )
            )
            entering.enter(
                before={"state": state}, after=_left(changed) | {"new": number, "alerts": len(leave)}
            )
            entering.of_case(number, action="split_off", reason=begun.reason).enter(
                before={"state": state}, after=_left(opened)
            )
            divide_claims(entering, changed, opened, own, own - leave)
            return opened

    def detach(
        self, case_id: str, alert_ids: Collection[str], actor: Actor, at: str, reason: str, seen: int | None
    ) -> Changed:
        """Take alerts out of a lead or a case: they are on the desk again.

        Raises:
            MoveRefusedError: the actor may not, or the case is too far.
            UsageError: an alert is not of the case, or none would stay in it.
        """
        with self.acting("detach", f"case:{case_id}", actor, at, reason) as entering:
            connection, act = entering.connection, _act("detach", at, reason)
            case = events.stored(connection, case_id, seen)
            state = after(life_cycle(case.kind), case.standing, actor, act)
            own, leave = _alerts(connection, case_id), _chosen(connection, case_id, alert_ids)
            changed = events.append(connection, case, actor, act, at, state)
            free = leave - _in_other_cases(connection, case_id, leave)
            connection.execute(
                delete(CaseAlert).where(CaseAlert.case_id == case_id, CaseAlert.alert_id.in_(leave))
            )
            put_back(connection, sorted(free), case_id, actor, at)
            entering.enter(before={"state": state}, after=_left(changed) | {"alerts": len(leave)})
            if case.kind == "case":
                enter_difference(entering, changed, own, own - leave)
            return changed

    def attach(self, case_id: str, actor: Actor, at: str, reason: str, seen: int | None) -> Changed:
        """Put the alerts about the subject of a lead or a case that came since into it.

        Raises:
            MoveRefusedError: the actor may not, or the case is too far.
            UsageError: there is none.
        """
        with self.acting("attach", f"case:{case_id}", actor, at, reason) as entering:
            connection, act = entering.connection, _act("attach", at, reason)
            case, file = events.stored(connection, case_id, seen), _file(connection, case_id)
            state = after(life_cycle(case.kind), case.standing, actor, act)
            own = _alerts(connection, case_id)
            key = PacketKey(file.queue, file.packet_kind, file.packet_subject)
            waiting = {row.alert_id for row in escalate(connection, key, case_id, actor, at)}
            new = waiting - own - _in_other_cases(connection, case_id, waiting)
            if not new:
                raise UsageError(
                    "There is no further open alert about this subject.", next_step="see its packet"
                )
            changed = events.append(connection, case, actor, act, at, state)
            _put(connection, changed, sorted(new))
            entering.enter(before={"state": state}, after=_left(changed) | {"alerts": len(new)})
            if case.kind == "case":
                enter_difference(entering, changed, own, own | new)
            return changed


def _act(move: str, at: str, reason: str) -> Act:
    return Act(move, dt.date.fromisoformat(at[:_DAY]), reason=reason, enclosed=True)


def _file(connection: Connection, case_id: str) -> Row[*tuple[object, ...]]:
    return connection.execute(select(CaseFile.__table__).where(CaseFile.case_id == case_id)).one()


def _alerts(connection: Connection, case_id: str) -> frozenset[str]:
    return frozenset(connection.scalars(select(CaseAlert.alert_id).where(CaseAlert.case_id == case_id)))


def _chosen(connection: Connection, case_id: str, alert_ids: Collection[str]) -> frozenset[str]:
    """Alerts that are to leave a case.

    Raises:
        UsageError: none is named, one is not of the case, or none would stay.
    """
    own, chosen = _alerts(connection, case_id), frozenset(alert_ids)
    if not chosen:
        raise UsageError("No alert is named.", next_step="name alerts of the case")
    if unknown := sorted(chosen - own):
        raise UsageError(
            "Not of case {case_id}: {names}.",
            next_step="name alerts of the case",
            case_id=case_id,
            names=unknown,
        )
    if chosen == own:
        raise UsageError("At least one alert stays in the case.", next_step="leave one out")
    return chosen


def _in_other_cases(connection: Connection, case_id: str, alert_ids: Collection[str]) -> frozenset[str]:
    """Those of some alerts that another lead or case has which has not ended."""
    query = (
        select(CaseAlert.alert_id)
        .join(CaseFile, CaseFile.case_id == CaseAlert.case_id)
        .where(CaseAlert.alert_id.in_(alert_ids), CaseAlert.case_id != case_id)
        .where(CaseFile.state.not_in(ended_states()))
    )
    return frozenset(connection.scalars(query))


def _put(connection: Connection, changed: Changed, alert_ids: Sequence[str]) -> None:
    for alert_id in alert_ids:
        connection.execute(
            insert(CaseAlert).values(case_id=changed.case_id, alert_id=alert_id, event_id=changed.event_id)
        )


def _refuse_pair(ends: Row[*tuple[object, ...]], goes_on: Row[*tuple[object, ...]]) -> None:
    """Refuse to merge what cannot be one.

    Raises:
        UsageError: the same case, not about one subject, a case into a lead, or an older into a younger one.
    """
    if ends.case_id == goes_on.case_id:
        raise UsageError("A case is not merged into itself.", next_step="name another")
    same = (ends.packet_kind, ends.packet_subject) == (goes_on.packet_kind, goes_on.packet_subject)
    if not same or not ends.packet_subject:  # leads from outside may be about nobody
        raise UsageError("They are not about the same subject.", next_step="link them: fundwatch case link")
    if (ends.kind, goes_on.kind) == ("case", "lead"):
        raise UsageError("A case does not end in a lead.", next_step="merge the lead into the case")
    if ends.kind == goes_on.kind and (ends.opened_at, ends.case_id) < (goes_on.opened_at, goes_on.case_id):
        raise UsageError(
            "The older goes on, so that its time limit does: merge {younger} into {older}.",
            next_step="name them the other way round",
            younger=goes_on.case_id,
            older=ends.case_id,
        )


def _join_people(connection: Connection, ends: Standing, goes_on: Standing, joined: Changed) -> None:
    """Who is recused in one is in both, and is an inspector of neither."""
    recused = ends.recused | goes_on.recused
    inspectors = (ends.inspectors | goes_on.inspectors) - recused
    events.set_part(connection, joined.case_id, inspectors, "inspector", joined.event_id)
    events.set_part(connection, joined.case_id, recused, "recused", joined.event_id)


def _carry_money(
    entering: Entering,
    ends: Stored,
    ended: Changed,
    joined: Changed,
    alerts: tuple[frozenset[str], frozenset[str]],
) -> None:
    own, others = alerts
    if ends.kind == "lead":  # a lead has no ledger
        enter_difference(entering, joined, others, own | others)
        return
    connection = entering.connection
    first, second, together = (claimed(connection, ids) for ids in (own, others, own | others))
    ledgers = [sums(events.entries(connection, each)) for each in (ends.case_id, joined.case_id)]
    shared: dict[Fund, int] = {}
    for fund in first | second:
        twice = first.get(fund, 0) + second.get(fund, 0) - together.get(fund, 0)
        # cases that were split from each other claim what they share once already
        both = sum(ledger.get(("recovered", fund, "claimed"), 0) for ledger in ledgers)
        shared[fund] = min(twice, max(0, both - together.get(fund, 0)))
    carry_ledger(entering, ended, joined, shared)


def _left(changed: Changed) -> dict[str, str | int | bool | None]:
    return {"state": changed.state, "event": changed.event_id}
