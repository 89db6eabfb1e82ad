"""Which cases are about more than one lead: their money is not that of the lead alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select

from detection.store.casework.tables import CaseAlert, CaseFile
from detection.store.queries.leads.course import comes_from
from detection.store.queries.reader import Reader
from detection.store.schema import Alert

_AT_ONCE = 500


def about_more(reader: Reader, leads: Mapping[str, Any]) -> set[str]:
    """Those of several leads whose case has other leads, or alerts of another packet.

    Args:
        reader: of the whole fund.
        leads: the case file of the case in which each lead goes on, by the number of the lead.
    """
    cases = {file.case_id: file for file in leads.values()}
    sources = {number: {number, *there} for number, there in comes_from(reader, [*cases]).items()}
    of_case = {number: _leads_of(reader, sources.get(number, {number})) for number in cases}
    mixed = {number for number, file in cases.items() if _has_other_alerts(reader, file)}
    return {lead for lead, file in leads.items() if file.case_id in mixed or of_case[file.case_id] - {lead}}


def _leads_of(reader: Reader, numbers: set[str]) -> set[str]:
    """Leads among what goes on in a case, and those that opened it or what was merged into it."""
    ordered, leads = sorted(numbers), set[str]()
    for start in range(0, len(ordered), _AT_ONCE):
        rows = reader.session.execute(
            select(CaseFile.case_id, CaseFile.kind, CaseFile.from_lead).where(
                CaseFile.case_id.in_(ordered[start : start + _AT_ONCE])
            )
        )
        for number, kind, opened_by in rows:
            leads |= {number} if kind == "lead" else {opened_by} if opened_by else set()
    return leads


def _has_other_alerts(reader: Reader, file: Any) -> bool:
    query = (
        select(CaseAlert.alert_id)
        .join(Alert, Alert.alert_id == CaseAlert.alert_id)
        .where(CaseAlert.case_id == file.case_id)
        .where(
            or_(
                Alert.queue != file.queue,
                Alert.packet_kind.is_distinct_from(file.packet_kind),
                Alert.packet_subject.is_distinct_from(file.packet_subject),
            )
        )
        .limit(1)
    )
    return reader.session.scalar(query) is not None
