"""Until when acts had to be discovered to be punished: on a case, and for My work where the day is near."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.kept import act_and_empty, form_key, kept
from dashboard.casework_views.words import state_chip
from dashboard.markup import join, section, styled, table
from dashboard.navigation import link
from dashboard.session import now, workspace
from dashboard.wording import figures, t
from detection.cases.life_cycle import life_cycle
from detection.cases.limitation import harmed
from detection.cases.limits import limits
from detection.cases.moves import Act, may_record
from detection.followup import cases as casework
from detection.store.queries.casework.cases import Case, CasePage

_DAY = 10


def limitation_text(case: Case) -> list[Markup]:
    """The two days by which acts had to be discovered, and what is not known; empty where no penalty can follow."""
    limit = case.limitation
    if limit is None:
        return []
    days = {name: figures().day(day) for name, day in (("first", limit.first), ("last", limit.last))}
    opened = dt.date.fromisoformat(case.opened_at[:_DAY])
    over = [styled(t("limitation.over"), "over")] if limit.next(opened) is None else []
    text = t("limitation.text", years=figures().count(limit.years), opened=figures().day(opened), **days)
    return [join([text, *over], " ")]


def draw_near_limitations(cases: Sequence[Case]) -> None:
    """Cases whose limitation is near, the first first; nothing where there are none."""
    days = {
        case.case_id: day
        for case in cases
        if (limit := case.limitation) and limit.near(today()) and (day := limit.next(today()))
    }
    near = sorted(
        (case for case in cases if case.case_id in days), key=lambda case: (days[case.case_id], case.case_id)
    )
    if not near:
        return
    section(t("limitation.near"), t("limitation.near.note", days=figures().count(limits().limitation_near)))
    table(
        (t("case.number"), t("case.state"), t("packet.subject"), t("limitation.day")),
        [
            [
                link(case.case_id, "case", id=case.case_id),
                state_chip(case.kind, case.state),
                case.subject,
                figures().day(days[case.case_id]),
            ]
            for case in near
        ],
    )


def offer_harm(page: CasePage) -> None:
    """A form to record harm to life or health, which makes the limitation longer, or to take that back."""
    case, form = page.case, f"harm_{page.case.case_id}"
    move = "withdraw_harm" if harmed(page.standing.past) else "record_harm"
    if case.limitation is None or not may_record(life_cycle(case.kind), page.standing, acting(), move):
        return
    with st.expander(t("limitation.harm")):
        st.caption(t("limitation.harm.help", years=figures().count(limits().limitation_years_harm)))
        reason = st.text_input(t("case.reason"), **kept(form, "reason"))
        words = t("limitation.harm.withdraw") if move == "withdraw_harm" else t("limitation.harm.record")
        if not st.button(words, key=f"harm_{form_key(form)}"):
            return
    act = Act(move, today(), reason=reason)
    act_and_empty(
        lambda: casework.move(workspace(), case.case_id, act, actor=acting(), at=now(), seen=case.last_event),
        form,
    )
