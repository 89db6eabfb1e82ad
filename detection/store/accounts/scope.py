"""Readings that are limited to districts: alerts of others, and what belongs to them, are not there.

The limit is put on every query of the session, so that no query can forget it. Alerts without a district are of none.
A packet, a lead or a case is of some districts if all of its alerts are; one that is of others too is not shown.
Suppressions reach alerts of later runs, whatever their district; outside leads and audits name subjects of all of them:
they are not there at all.
What a run keeps in files (scores, subjects, indicators) is not limited: screens that show it are not for such readers,
or look for those subjects alone that alerts of their districts are about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, event, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, ORMExecuteState, Session, with_loader_criteria

from detection.store.casework.keys import PacketKey
from detection.store.casework.tables import (
    CaseAlert,
    CaseDocument,
    CaseEvent,
    CaseFile,
    CaseLink,
    CasePerson,
    CaseTask,
    MoneyEntry,
    PacketHolding,
    RandomAudit,
    SuppressedAlert,
    Suppression,
)
from detection.store.leads.tables import OUTSIDE, OutsideLead
from detection.store.lifecycle import OPEN
from detection.store.packets.table import StoredPacket
from detection.store.schema import Alert, AlertEvent, Evidence, RecordEvidence, SharedEvidence

_OF_ALERTS = (Evidence, RecordEvidence, SharedEvidence, AlertEvent)
_OF_CASES = (CaseAlert, CasePerson, CaseEvent, MoneyEntry, CaseTask, CaseDocument, CaseLink)
_NOT_LIMITED = (Suppression, SuppressedAlert, OutsideLead, RandomAudit)


def limit_to_districts(session: Session, districts: Sequence[str] | None) -> None:
    """Let a session see the alerts, packets and cases of some districts alone.

    Args:
        session: of one reading.
        districts: codes; None changes nothing.
    """
    if districts is None:
        return
    limits = [
        with_loader_criteria(Alert, Alert.district.in_(districts), include_aliases=True),
        *(
            with_loader_criteria(row, _of_seen_alert(row, districts), include_aliases=True)
            for row in _OF_ALERTS
        ),
        with_loader_criteria(CaseFile, _case_within(CaseFile, districts), include_aliases=True),
        *(
            with_loader_criteria(row, _of_seen_case(row.case_id, districts), include_aliases=True)
            for row in _OF_CASES
        ),
        with_loader_criteria(CaseLink, _of_seen_case(CaseLink.other_id, districts), include_aliases=True),
        with_loader_criteria(StoredPacket, _kept_within(districts), include_aliases=True),
        with_loader_criteria(PacketHolding, packet_within(PacketHolding, districts), include_aliases=True),
        *(with_loader_criteria(row, false(), include_aliases=True) for row in _NOT_LIMITED),
    ]

    @event.listens_for(session, "do_orm_execute")
    def _limited(query: ORMExecuteState) -> None:
        if query.is_select:
            query.statement = query.statement.options(*limits)


def _of_seen_alert(columns: Any, districts: Sequence[str]) -> ColumnElement[bool]:
    """The condition that the alert of a row is of some districts; asked of each row, not of all alerts before."""
    alert = Alert.__table__.alias()  # not the class: its own limit would be put into the subquery once more
    query = select(alert.c.alert_id).where(
        alert.c.alert_id == columns.alert_id, alert.c.district.in_(districts)
    )
    return query.exists()


def _of_seen_case(case_id: InstrumentedAttribute[str], districts: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a lead or a case is of some districts."""
    file = CaseFile.__table__.alias()
    query = select(file.c.case_id).where(file.c.case_id == case_id, _case_within(file.c, districts))
    return query.exists()


def packet_within(columns: Any, districts: Sequence[str]) -> ColumnElement[bool]:
    """The condition that no open alert of a packet is of another district.

    Args:
        columns: of a table with ``queue``, ``packet_kind`` and ``packet_subject``.
        districts: codes.
    """
    other = Alert.__table__.alias()
    return ~(
        select(other.c.alert_id)
        .where(
            other.c.queue == columns.queue,
            other.c.packet_kind == columns.packet_kind,
            other.c.packet_subject == columns.packet_subject,
            other.c.status.in_(OPEN),
            _elsewhere(other.c.district, districts),
        )
        .exists()
    )


def _kept_within(districts: Sequence[str]) -> ColumnElement[bool]:
    """The condition that no open alert of a packet with open alerts is of another district.

    Alerts are looked at where a packet is of several districts alone.
    """
    first, last = StoredPacket.first_district, StoredPacket.last_district
    one_or_all = or_(first == last, packet_within(StoredPacket, districts))
    return and_(first.in_(districts), last.in_(districts), one_or_all)


def packet_is_within(connection: Connection, key: PacketKey, districts: Sequence[str] | None) -> bool:
    """Whether all open alerts of a packet are of some districts, and there are any."""
    if districts is None:
        return True
    table = Alert.__table__
    query = (
        select(table.c.alert_id)
        .where(
            table.c.queue == key.queue,
            table.c.packet_kind == key.kind,
            table.c.packet_subject == key.subject,
            table.c.status.in_(OPEN),
        )
        .limit(1)
    )
    any_open = connection.scalar(query) is not None
    return any_open and connection.scalar(query.where(_elsewhere(table.c.district, districts))) is None


def case_is_within(connection: Connection, case_id: str, districts: Sequence[str] | None) -> bool:
    """Whether a lead or a case, and all of its alerts, are of some districts."""
    if districts is None:
        return True
    columns = CaseFile.__table__.c
    query = select(columns.case_id).where(columns.case_id == case_id, _case_within(columns, districts))
    return connection.scalar(query) is not None


def _case_within(columns: Any, districts: Sequence[str]) -> ColumnElement[bool]:
    inside, alert = CaseAlert.__table__.alias(), Alert.__table__.alias()
    joined = inside.join(alert, alert.c.alert_id == inside.c.alert_id)
    elsewhere = (
        select(inside.c.alert_id)
        .select_from(joined)
        .where(inside.c.case_id == columns.case_id, _elsewhere(alert.c.district, districts))
        .exists()
    )
    # An outside lead has the district of what it matches, and no alert; it is of the whole fund all the same.
    return and_(columns.queue != OUTSIDE, columns.district.in_(districts), ~elsewhere)


def _elsewhere(district: ColumnElement[Any], districts: Sequence[str]) -> ColumnElement[bool]:
    return or_(district.is_(None), district.not_in(districts))
