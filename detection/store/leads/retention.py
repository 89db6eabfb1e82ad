"""What outside senders wrote in words about leads that have ended: removed by a rule of retention, and entered."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, or_, select, update

from detection.audit.entry import EntryDraft
from detection.cases.life_cycle import ended_states
from detection.store.audit.append import append
from detection.store.casework.lineage import MERGED
from detection.store.casework.tables import CaseEvent, CaseFile, CaseLink
from detection.store.leads.tables import WORDS, OutsideLead, sent_hash


def of_ended_leads(connection: Connection, before: str) -> list[int]:
    """Numbers of outside leads with words that have ended, and that go on in nothing that has not.

    Args:
        connection: to the store.
        before: ISO day; nothing was done since to the lead, nor to what it goes on in.
    """
    running = or_(
        CaseFile.state.not_in(ended_states()),
        CaseFile.case_id.in_(select(CaseEvent.case_id).where(CaseEvent.at >= before)),
    )
    kept = set(connection.scalars(select(CaseFile.case_id).where(running)))
    goes_on = [
        *connection.execute(select(CaseLink.case_id, CaseLink.other_id).where(CaseLink.kind == MERGED)),
        *connection.execute(
            select(OutsideLead.case_id, OutsideLead.joined_case).where(OutsideLead.joined_case.is_not(None))
        ),
    ]
    while more := {number for number, after in goes_on if after in kept} - kept:
        kept |= more
    table = OutsideLead
    query = (
        select(table.lead_id, table.case_id)
        .where(table.purged_at == "", or_(table.text != "", table.institution != ""))
        .order_by(table.lead_id)
    )
    return [lead_id for lead_id, case_id in connection.execute(query) if case_id not in kept]


def remove_words(
    connection: Connection, lead_ids: Sequence[int], *, actor: str, at: str, reason: str
) -> None:
    """Remove what was written in words about leads, each with an entry that has the hash of what is left."""
    table = OutsideLead
    for lead_id in lead_ids:
        of_lead = table.lead_id == lead_id
        connection.execute(update(table).where(of_lead).values(purged_at=at, **dict.fromkeys(WORDS, "")))
        row = connection.execute(select(table.__table__).where(of_lead)).one()
        append(
            connection,
            EntryDraft(
                at=at,
                actor=actor,
                action="purge",
                object=f"case:{row.case_id}",
                after={"lead": lead_id, "lead_hash": sent_hash(row)},
                reason=reason,
            ),
        )
