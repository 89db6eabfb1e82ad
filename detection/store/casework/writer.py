"""The only writer of packets, leads and cases: every act is one transaction, refused or done as a whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from functools import partial

from sqlalchemy import Connection, insert

from detection.cases import money
from detection.cases.life_cycle import Kind, life_cycle
from detection.cases.moves import Act, Actor, MoveRefusedError, Standing, after, begin
from detection.store.accounts.scope import case_is_within
from detection.store.casework import events, holdings
from detection.store.casework.acting import ActWriter
from detection.store.casework.events import PROPOSED, REGISTERED, Changed, Stored
from detection.store.casework.from_lead import open_from_lead
from detection.store.casework.opening import enter_claims, escalate, reopen
from detection.store.casework.people import refuse_unable
from detection.store.casework.releasing import release_packets
from detection.store.casework.settling import follow
from detection.store.casework.tables import CaseAlert, CaseFile
from features.errors import UsageError

_FIRST = {"lead": REGISTERED, "case": PROPOSED}
_DAY = 10
_REFUSED = "opening_refused"
_BECAME_CASE = "became_case"


class CaseWriter(ActWriter):
    """Packets, leads and cases of a workspace, open for writing."""

    def take(self, packet_id: str, actor: Actor, at: str) -> None:
        """Hold a packet; see `holdings.take`."""
        with self.acting("take", f"packet:{packet_id}", actor, at) as entering:
            connection = entering.connection
            holding = holdings.take(connection, self.key(connection, packet_id, actor), actor, at)
            entering.enter(after={"holder": actor.name, "holding": holding})

    def give_back(self, packet_id: str, actor: Actor, at: str, reason: str = "") -> None:
        """Give a packet back; see `holdings.give_back`."""
        with self.acting("give_back", f"packet:{packet_id}", actor, at, reason) as entering:
            connection = entering.connection
            holding = holdings.give_back(
                connection, self.key(connection, packet_id, actor), actor, at, reason
            )
            entering.enter(after={"holder": None, "holding": holding})

    def open(self, kind: Kind, packet_id: str, actor: Actor, at: str, reason: str) -> Changed:
        """Make a packet a lead, or propose it as a case: its open alerts are in it.

        What they claim is in the ledger of a case; a lead has none.

        Raises:
            UsageError: another person holds the packet, it has a case, or the role or the reason does not do.
        """
        with self.acting(_FIRST[kind], f"packet:{packet_id}", actor, at, reason) as entering:
            connection = entering.connection
            key = self.key(connection, packet_id, actor)
            holdings.refuse_others(connection, key, actor.name)
            act = Act(_FIRST[kind], dt.date.fromisoformat(at[:_DAY]), reason=reason)
            state = begin(life_cycle(kind), actor, act)
            case_id = events.next_number(connection, kind, at)
            alerts = escalate(connection, key, case_id, actor, at)
            if not alerts:
                raise UsageError(
                    "This packet has no open alert.", next_step="choose another: fundwatch packets"
                )
            case = Stored(case_id, kind, 0, Standing(state))
            connection.execute(
                insert(CaseFile).values(
                    case_id=case_id,
                    kind=kind,
                    queue=key.queue,
                    packet_kind=key.kind,
                    packet_subject=key.subject,
                    district=alerts[0].district,
                    state=state,
                    track="",
                    verdict="",
                    disposition="",
                    opened_at=at,
                    last_event=0,
                )
            )
            changed = events.append(connection, case, actor, act, at, state)
            for alert in alerts:
                connection.execute(
                    insert(CaseAlert).values(
                        case_id=case_id, alert_id=alert.alert_id, event_id=changed.event_id
                    )
                )
            if kind == "case":
                enter_claims(entering, changed, [alert.alert_id for alert in alerts])
            holdings.end(connection, key, actor.name, at, case_id)
            entering.enter(after=_left(changed) | {"case": case_id, "alerts": len(alerts)})
            return changed

    def move(self, case_id: str, actor: Actor, act: Act, at: str, seen: int | None = None) -> Changed:
        """Make a move.

        Raises:
            MoveRefusedError: it is not allowed; all reasons.
            UsageError: there is no such case, another act came between, or an inspector may not hold it.
        """
        with self.acting(act.move, f"case:{case_id}", actor, at, act.reason) as entering:
            connection = entering.connection
            _refuse_elsewhere(connection, case_id, actor)
            case = events.stored(connection, case_id, seen)
            state = after(life_cycle(case.kind), case.standing, actor, act)
            changed = events.append(connection, case, actor, act, at, state, act.inspectors)
            if act.inspectors:
                part = "recused" if act.move == "declare_recusal" else "inspector"
                if part == "inspector":
                    refuse_unable(connection, act.inspectors, partial(case_is_within, connection, case_id))
                events.set_part(connection, case_id, act.inspectors, part, changed.event_id)
            follow(connection, case_id, (case.standing.state, state), actor, at)
            if state == _REFUSED:
                reopen(connection, case_id, actor, at)
            entering.enter(
                before={"state": case.standing.state},
                after=_left(changed) | {"code": act.code, "people": ", ".join(sorted(act.inspectors))},
            )
            release_packets(entering, case_id, self.packet_id)
            if state == _BECAME_CASE:
                open_from_lead(entering, case, act)
            return changed

    def record_money(
        self, case_id: str, entry: money.Entry, actor: Actor, act: Act, at: str, seen: int | None = None
    ) -> Changed:
        """Enter money in the ledger of a case; ``act`` is ``record_money`` with its reason.

        Raises:
            MoveRefusedError: the entry does not fit the ledger or the state; all reasons.
            UsageError: not of a role that records money, no reason, no such case, or another act came between.
        """
        with self.acting(act.move, f"case:{case_id}", actor, at, act.reason) as entering:
            connection = entering.connection
            _refuse_elsewhere(connection, case_id, actor)
            case = events.stored(connection, case_id, seen)
            after(life_cycle(case.kind), case.standing, actor, act)
            ledger = events.entries(connection, case_id)
            against = money.problems(ledger, entry, case.standing.state, actor.role)
            if against:
                raise MoveRefusedError(
                    "This entry is not possible.", next_step="see the ledger of the case", problems=against
                )
            changed = events.append(connection, case, actor, act, at, case.standing.state)
            number = events.enter_money(connection, changed, entry, at)
            entering.enter(after=_left(changed) | {"money": number} | asdict(entry))
            return changed


def _refuse_elsewhere(connection: Connection, case_id: str, actor: Actor) -> None:
    """Refuse a case of other districts than the actor's, as if there were none.

    Raises:
        UsageError: it is one.
    """
    if not case_is_within(connection, case_id, actor.districts):
        raise UsageError(
            "There is no case {case_id}.", next_step="list them: fundwatch case list", case_id=case_id
        )


def _left(changed: Changed) -> dict[str, str | int | bool | None]:
    return {"state": changed.state, "event": changed.event_id}
