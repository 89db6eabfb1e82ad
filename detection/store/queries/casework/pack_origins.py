"""Where a case of a pack comes from: outside leads that go on in it, and cases that it was split or merged with.

All of it as at an entry of the audit log: what joined later is left out, and what later data said of a lead is undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from detection.audit.entry import Entry, values_of
from detection.store.audit.table import AuditEntry
from detection.store.casework.lineage import MERGED, SPLIT
from detection.store.casework.tables import CaseEvent, CaseLink
from detection.store.leads.changes import CHANGED
from detection.store.leads.tables import OutsideLead
from detection.store.queries.audit.reading import COLUMNS
from detection.store.queries.reader import Reader

_BECAME_CASE = "became_case"
_FORWARD = {MERGED: "merged_into", SPLIT: "split_from"}
_BACK = {MERGED: "merged_from", SPLIT: "split_to"}
_STATED = ("sender", "sender_number", "kind", "received_on", "deadline")
"""What a pack states of a lead: no subject, and nothing in the words of its sender."""


@dataclass(frozen=True)
class Relation:
    """Another case, how it is related (``split_from``, ``merged_into`` …), and the event of the split or the merge."""

    case_id: str
    relation: str
    event_id: int


@dataclass(frozen=True)
class Origins:
    """Where a case comes from.

    Attributes:
        leads: outside leads that go on in it, by number: what is stated of each, by column.
        relations: by event.
    """

    leads: Mapping[str, Mapping[str, str]]
    relations: tuple[Relation, ...]


def origins_of(reader: Reader, case_id: str, up_to: int | None) -> Origins:
    """Where a case comes from, as at an entry of the log.

    Args:
        reader: of the whole fund.
        case_id: its number.
        up_to: number of the entry; None for the last.
    """
    sources, fresh = {case_id}, {case_id}
    while fresh:
        fresh = {source for each in fresh for source in _joined(reader, each, up_to)} - sources
        sources |= fresh
    query = select(OutsideLead.case_id, *(getattr(OutsideLead, name) for name in _STATED))
    rows = reader.session.execute(query.where(OutsideLead.case_id.in_(sources)).order_by(OutsideLead.case_id))
    leads = {row.case_id: _as_at(reader, row.case_id, dict(row._mapping), up_to) for row in rows}
    return Origins(leads, tuple(_relations(reader, case_id, up_to)))


def _joined(reader: Reader, case_id: str, up_to: int | None) -> list[str]:
    """Leads that opened or joined a case, and cases and leads that were merged into it, until the entry."""
    opened = (
        select(OutsideLead.case_id, func.min(CaseEvent.event_id))
        .join(CaseEvent, CaseEvent.case_id == OutsideLead.case_id)
        .where(OutsideLead.joined_case == case_id, CaseEvent.state_after == _BECAME_CASE)
        .group_by(OutsideLead.case_id)
    )
    merged = select(CaseLink.case_id, CaseLink.event_id).where(
        CaseLink.other_id == case_id, CaseLink.kind == MERGED
    )
    return [
        source
        for joining in (opened, merged)
        for source, event in reader.session.execute(joining)
        if _happened(reader, source, event, up_to)
    ]


def _relations(reader: Reader, case_id: str, up_to: int | None) -> list[Relation]:
    link = CaseLink
    query = select(link.case_id, link.other_id, link.kind, link.event_id).where(
        link.kind.in_((SPLIT, MERGED)), or_(link.case_id == case_id, link.other_id == case_id)
    )
    relations = []
    for first, other, kind, event in reader.session.execute(query.order_by(link.event_id, link.case_id)):
        acted_on = other if kind == SPLIT else first  # the event is of the case that was split, or that ended
        if _happened(reader, acted_on, event, up_to):
            named = (other, _FORWARD[kind]) if first == case_id else (first, _BACK[kind])
            relations.append(Relation(*named, event))
    return relations


def _happened(reader: Reader, case_id: str, event: int, up_to: int | None) -> bool:
    """Whether an event of a case is one of those until an entry."""
    if up_to is None:
        return True
    return any(
        entry.number <= up_to and values_of(entry.after).get("event") == event
        for entry in _entries(reader, case_id)
    )


def _as_at(reader: Reader, case_id: str, row: Mapping[str, object], up_to: int | None) -> dict[str, str]:
    """What is stated of a lead, before what later data changed."""
    values = dict(row)
    for entry in reversed(_entries(reader, case_id)):
        if up_to is not None and entry.number > up_to and entry.action == CHANGED:
            values |= {name: was for name, was in values_of(entry.before).items() if name in _STATED}
    return {name: str(values[name] or "") for name in _STATED}


def _entries(reader: Reader, case_id: str) -> list[Entry]:
    query = select(*COLUMNS).where(AuditEntry.object == f"case:{case_id}").order_by(AuditEntry.number)
    return [Entry._make(row) for row in reader.session.execute(query)]
