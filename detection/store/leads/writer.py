"""The writer of outside leads: imported as a whole, matched, and entered in the audit log without what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, insert, select, update

from detection.cases.life_cycle import life_cycle
from detection.cases.moves import Act, Actor, Standing, after, begin
from detection.leads.incoming import IncomingLead
from detection.leads.match import Match, Rematch
from detection.store.casework import events
from detection.store.casework.acting import ActWriter, Entering
from detection.store.casework.events import REGISTERED, Changed, Stored
from detection.store.casework.releasing import release_packets
from detection.store.casework.tables import CaseFile
from detection.store.leads.changes import CHANGED, changed_leads, take_changes
from detection.store.leads.known import known_numbers
from detection.store.leads.tables import OUTSIDE, SENT, OutsideLead, sent_hash, sent_values
from features.errors import UsageError

IMPORT = "import_leads"
"""Action of an import in the audit log."""
MATCH = "match"
"""The move that says what a lead was matched to."""
CHOOSE = "choose_institution"
"""The move by which a person says whom a lead is about."""
_DAY = 10


class LeadWriter(ActWriter):
    """Outside leads of a workspace, open for writing."""

    def import_leads(
        self,
        leads: Sequence[tuple[IncomingLead, Match]],
        actor: Actor,
        at: str,
        *,
        reason: str,
        digest: str,
    ) -> tuple[str, ...]:
        """Register leads, all of them or none.

        Args:
            leads: with what each matches.
            actor: who registers them.
            at: ISO time.
            reason: where they come from; it is entered with each.
            digest: hash of the file.

        Returns:
            Their numbers.

        Raises:
            UsageError: the role may not, or some of them were imported meanwhile.
        """
        with self.acting(IMPORT, "list:leads", actor, at, reason) as entering:
            connection = entering.connection
            act = Act(REGISTERED, dt.date.fromisoformat(at[:_DAY]), reason=reason)
            state = begin(life_cycle("lead"), actor, act)
            if known_numbers(connection, [(lead.sender, lead.sender_number) for lead, _ in leads]):
                raise UsageError(
                    "Some of these leads were imported meanwhile.", next_step="look at the file once more"
                )
            numbers = events.next_numbers(connection, "lead", at, len(leads))
            for number, (lead, match) in zip(numbers, leads, strict=True):
                _register(entering, number, lead, match, act, state)
            counted = {code: sum(match.code == code for _, match in leads) for code in ("packet", "subject")}
            entering.enter(
                after={
                    "leads": len(leads),
                    "attached": counted["packet"],
                    "without_packet": counted["subject"],
                    "file_hash": digest,
                }
            )
            return tuple(numbers)

    def rematch(self, matches: Sequence[Rematch], actor: Actor, at: str, *, reason: str) -> int:
        """Match leads anew; those whose match is as before, or to which something happened meanwhile, stay.

        Args:
            matches: what each lead matches, and the last event of the lead when that was looked up.
            actor: who asks for it.
            at: ISO time.
            reason: entered with each lead that changes.

        Returns:
            How many changed.

        Raises:
            MoveRefusedError: the role may not.
        """
        changed = 0
        with self.acting(MATCH, "list:leads", actor, at, reason) as entering:
            for each in matches:
                if not _differs(entering.connection, each):
                    continue
                about = replace(entering, about=f"case:{each.case_id}")
                _move(about, each.case_id, MATCH, each.match, each.seen)
                release_packets(about, each.case_id, self.packet_id)
                changed += 1
        return changed

    def take_changes(self, leads: Sequence[IncomingLead], actor: Actor, at: str, *, reason: str) -> int:
        """Keep what the data of a run now say of leads that earlier data had; each column that differs is an event.

        Args:
            leads: of the data; those that are not in the store are left out.
            actor: the run.
            at: ISO time.
            reason: entered with each event.

        Returns:
            How many leads differ.
        """
        with self.acting(CHANGED, "list:leads", actor, at, reason) as entering:
            return sum(take_changes(entering, *each) for each in changed_leads(entering.connection, leads))

    def choose(
        self, case_id: str, match: Match, actor: Actor, at: str, *, reason: str, seen: int | None
    ) -> Changed:
        """Say whom a lead is about.

        Raises:
            MoveRefusedError: the role may not, or there is no reason.
            UsageError: there is no such lead, or another act came between.
        """
        with self.acting(CHOOSE, f"case:{case_id}", actor, at, reason) as entering:
            changed = _move(entering, case_id, CHOOSE, match, seen)
            release_packets(entering, case_id, self.packet_id)
            return changed


def _register(
    entering: Entering, number: str, lead: IncomingLead, match: Match, act: Act, state: str
) -> None:
    connection = entering.connection
    connection.execute(
        insert(CaseFile).values(
            case_id=number,
            kind="lead",
            queue=OUTSIDE,
            packet_kind=match.kind,
            packet_subject=match.subject,
            district=match.district or None,
            state=state,
            track="",
            verdict="",
            disposition="",
            opened_at=entering.at,
            last_event=0,
        )
    )
    changed = events.append(
        connection, Stored(number, "lead", 0, Standing(state)), entering.actor, act, entering.at, state
    )
    row = OutsideLead(
        **sent_values(lead), case_id=number, match=match.code, packet_queue=match.queue or None, purged_at=""
    )
    values = {name: getattr(row, name) for name in (*SENT, "case_id", "match", "packet_queue", "purged_at")}
    inserted = connection.execute(insert(OutsideLead).values(values))
    [lead_id] = inserted.inserted_primary_key or (0,)
    replace(entering, action=REGISTERED, about=f"case:{number}").enter(
        after={
            "state": state,
            "event": changed.event_id,
            "match": match.code,
            "lead": int(lead_id),
            "lead_hash": sent_hash(row),
        }
    )


def _move(entering: Entering, case_id: str, move: str, match: Match, seen: int | None) -> Changed:
    """Move a lead, and keep what it was matched to."""
    connection = entering.connection
    lead = events.stored(connection, case_id, seen)
    if not connection.scalar(select(func.count()).where(OutsideLead.case_id == case_id)):
        raise UsageError(
            "{case_id} is no lead that was sent from outside.",
            next_step="list them: fundwatch leads list",
            case_id=case_id,
        )
    act = Act(move, dt.date.fromisoformat(entering.at[:_DAY]), reason=entering.reason)
    state = after(life_cycle("lead"), lead.standing, entering.actor, act)
    changed = events.append(connection, lead, entering.actor, act, entering.at, state)
    connection.execute(
        update(OutsideLead)
        .where(OutsideLead.case_id == case_id)
        .values(match=match.code, packet_queue=match.queue or None)
    )
    connection.execute(
        update(CaseFile)
        .where(CaseFile.case_id == case_id)
        .values(packet_kind=match.kind, packet_subject=match.subject, district=match.district or None)
    )
    replace(entering, action=move).enter(
        before={"state": lead.standing.state},
        after={"state": state, "event": changed.event_id, "match": match.code},
    )
    return changed


def _differs(connection: Connection, rematch: Rematch) -> bool:
    """Whether a lead is as it was when its match was looked up, and the match is another one."""
    row = connection.execute(
        select(
            CaseFile.last_event,
            OutsideLead.match,
            OutsideLead.packet_queue,
            CaseFile.packet_kind,
            CaseFile.packet_subject,
        )
        .join(CaseFile, CaseFile.case_id == OutsideLead.case_id)
        .where(OutsideLead.case_id == rematch.case_id)
    ).one()
    match = rematch.match
    before = (match.code, match.queue or None, match.kind, match.subject)
    return row.last_event == rematch.seen and tuple(row)[1:] != before
