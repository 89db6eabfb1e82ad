"""A person's insurance, and the relatives that authorizations name."""

from __future__ import annotations

import streamlit as st

from dashboard.markup import section, styled, table
from dashboard.pager import draw_pager, page_from_url
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, t
from detection.store.queries.subjects.person import Enrolment, Relative, registration
from detection.store.queries.subjects.profile import Profile

_PAGE = "relatives_page"
_ROWS = 10


def draw_enrolments(subject: Profile) -> None:
    """Intervals of enrolment by start."""
    section(t("person.enrolments"))
    own = query(registration, subject.pseudonym)
    if own is None or not own.enrolments:
        st.caption(t("person.no_enrolments"))
        return
    names = ("scheme", "category", "status", "employer", "start", "end")
    table([t(f"person.column.{name}") for name in names], [_enrolment(each) for each in own.enrolments])


def _enrolment(each: Enrolment) -> list[str]:
    return [
        label("scheme", each.scheme),
        label("person_category", each.category),
        label("enrolment_status", each.status),
        subject_link("employer", each.employer),
        *_days(each.start, each.end),
    ]


def draw_relatives(subject: Profile) -> None:
    """Authorizations in both directions."""
    section(t("person.relatives"), t("person.relatives.note"))
    own = query(registration, subject.pseudonym)
    if own is None or not own.relatives:
        st.caption(t("person.no_relatives"))
        return
    total = len(own.relatives)
    page = page_from_url(total, parameter=_PAGE, size=_ROWS)
    shown = own.relatives[(page - 1) * _ROWS : page * _ROWS]
    names = ("relative", "relation", "direction", "start", "end")
    table([t(f"person.column.{name}") for name in names], [_relative(each) for each in shown])
    if total > _ROWS:
        draw_pager(total, page, key=f"relatives_{subject.pseudonym}", parameter=_PAGE, size=_ROWS)


def _relative(each: Relative) -> list[str]:
    return [
        subject_link("person", each.pseudonym),
        label("relation", each.relation),
        t(f"person.direction.{'owner' if each.owner else 'beneficiary'}"),
        *_days(each.start, each.end),
    ]


def _days(start: object, end: object) -> list[str]:
    shown = figures().day(str(start)), figures().day(str(end)) if end else t("person.open")
    return [styled(text, "nowrap") for text in shown]
