"""My work: what is due, what waits for a second person, and which packets I hold."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.case_table import draw_cases
from dashboard.casework_views.packet_table import draw_packets
from dashboard.casework_views.suppressions import draw_suppressions
from dashboard.casework_views.tools.assignment import offer_case_assignment
from dashboard.casework_views.tools.limitation import draw_near_limitations
from dashboard.casework_views.tools.tasks import draw_own_tasks
from dashboard.markup import empty_state, heading, section
from dashboard.query_cache import query_now
from dashboard.wording import t
from detection.cases.life_cycle import EVERY_STATE, life_cycle
from detection.cases.moves import Actor, open_to
from detection.store.queries.casework.cases import Case, CaseFilters, cases
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.casework.suppressions import suppressions

_SEE_ALL = ("supervisor", "director")
"""Roles that look after cases of others."""


def main() -> None:
    """Draw the page."""
    heading(t("nav.work"), t("work.question"))
    actor = acting()
    running = query_now(cases, CaseFilters(open=True), today())
    own = [case for case in running if actor.name in case.inspectors]
    waiting = [case for case in running if case not in own and _leads_on(case, actor)]
    others = [case for case in running if case not in own and case not in waiting]
    own_packets = query_now(packets, PacketFilters(holder=actor.name))
    proposed = query_now(suppressions, today(), state="proposed")
    tasks = draw_own_tasks()
    if not (running or own_packets or proposed or tasks):
        empty_state(t("work.none"), t("work.none.text"))
        return
    draw_near_limitations(running if actor.role in _SEE_ALL else own)
    offer_case_assignment(waiting)
    for name, rows in (("own", own), ("waiting", waiting)):
        section(t(f"work.{name}"), t(f"work.{name}.note"))
        if rows:
            draw_cases(rows)
        else:
            st.caption(t("work.nothing"))
    if proposed:
        section(t("suppress.waiting"), t("suppress.waiting.note"))
        draw_suppressions(proposed)
    section(t("work.packets"), t("work.packets.note"))
    if own_packets:
        draw_packets(own_packets)
    else:
        st.caption(t("work.nothing"))
    if others:
        section(t("work.others"), t("work.others.note"))
        draw_cases(others)


def _leads_on(case: Case, actor: Actor) -> bool:
    """Whether the actor may make a move that leads on, notes and recusals aside."""
    cycle = life_cycle(case.kind)
    return any(EVERY_STATE not in cycle.move[name].start for name in open_to(cycle, case.standing, actor))


main()
