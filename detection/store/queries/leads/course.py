"""Where outside leads go on: in the case that they opened or became part of, or in what they were merged into."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from detection.store.casework.tables import CaseLink
from detection.store.casework.tools.combining import MERGED
from detection.store.leads.tables import OutsideLead
from detection.store.queries.reader import Reader

_AT_ONCE = 500
_MOST_STEPS = 50
"""Steps from a lead to where it goes on; merging takes the younger into the older, so that no circle is possible."""


def goes_on_in(reader: Reader, leads: Sequence[str]) -> dict[str, str]:
    """The case or lead in which each of several leads goes on, by number; others are left out."""
    current = {lead: lead for lead in leads}
    for _ in range(_MOST_STEPS):
        following = _next(reader, {*current.values()})
        if not following:
            break
        current = {lead: following.get(number, number) for lead, number in current.items()}
    return {lead: number for lead, number in current.items() if number != lead}


def _next(reader: Reader, numbers: Collection[str]) -> Mapping[str, str]:
    ordered, following = sorted(numbers), dict[str, str]()
    for start in range(0, len(ordered), _AT_ONCE):
        batch = ordered[start : start + _AT_ONCE]
        merged = select(CaseLink.case_id, CaseLink.other_id).where(
            CaseLink.case_id.in_(batch), CaseLink.kind == MERGED
        )
        opened = select(OutsideLead.case_id, OutsideLead.joined_case).where(
            OutsideLead.case_id.in_(batch), OutsideLead.joined_case.is_not(None)
        )
        for query in (merged, opened):
            following |= {number: after for number, after in reader.session.execute(query) if after}
    return following
