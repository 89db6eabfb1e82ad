"""Where outside leads go on: in the case that they opened or became part of, or in what they were merged into."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from detection.cases.life_cycle import ended_states
from detection.store.casework.lineage import MERGED
from detection.store.casework.tables import CaseFile, CaseLink
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


def comes_from(reader: Reader, numbers: Sequence[str]) -> dict[str, frozenset[str]]:
    """The leads and cases that go on in each of several leads and cases, by number; those without any are left out."""
    sources: dict[str, set[str]] = {}
    at = {number: {number} for number in numbers}
    for _ in range(_MOST_STEPS):
        before = _before(reader, {each for there in at.values() for each in there})
        at = {
            number: {source for each in there for source in before.get(each, ())}
            for number, there in at.items()
        }
        at = {number: there for number, there in at.items() if there}
        if not at:
            break
        for number, there in at.items():
            sources.setdefault(number, set()).update(there)
    return {number: frozenset(there) for number, there in sources.items()}


def in_running_cases(reader: Reader, leads: Sequence[str]) -> set[str]:
    """Those of several leads that go on in a case which has not ended."""
    course = goes_on_in(reader, leads)
    targets, running = sorted({*course.values()}), set[str]()
    for start in range(0, len(targets), _AT_ONCE):
        query = select(CaseFile.case_id).where(
            CaseFile.case_id.in_(targets[start : start + _AT_ONCE]),
            CaseFile.kind == "case",
            CaseFile.state.not_in(ended_states()),
        )
        running.update(reader.session.scalars(query))
    return {lead for lead, number in course.items() if number in running}


def _before(reader: Reader, numbers: Collection[str]) -> Mapping[str, list[str]]:
    ordered, before = sorted(numbers), dict[str, list[str]]()
    for start in range(0, len(ordered), _AT_ONCE):
        batch = ordered[start : start + _AT_ONCE]
        merged = select(CaseLink.other_id, CaseLink.case_id).where(
            CaseLink.other_id.in_(batch), CaseLink.kind == MERGED
        )
        joined = select(OutsideLead.joined_case, OutsideLead.case_id).where(
            OutsideLead.joined_case.in_(batch)
        )
        for query in (merged, joined):
            for number, source in reader.session.execute(query):
                before.setdefault(str(number), []).append(source)
    return before
