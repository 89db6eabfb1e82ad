"""My work: what is due, what waits for a second person or an audit, and which packets I hold."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.acting import acting, today
from dashboard.casework_views.audits import draw_audits, draw_results
from dashboard.casework_views.case_table import draw_cases
from dashboard.casework_views.inbox import Inbox, draw_inbox
from dashboard.casework_views.packet_table import draw_packets
from dashboard.casework_views.proposals import draw_proposals
from dashboard.casework_views.suppressions import draw_suppressions
from dashboard.casework_views.tools.assignment import offer_case_assignment
from dashboard.casework_views.tools.limitation import draw_near_limitations
from dashboard.casework_views.tools.tasks import draw_own_tasks
from dashboard.disclosure_views.requests import draw_requests
from dashboard.markup import empty_state, heading, section
from dashboard.query_cache import query_now
from dashboard.wording import t
from detection.cases.life_cycle import EVERY_STATE, life_cycle
from detection.cases.moves import Actor, open_to
from detection.store.queries.casework.audits import completed_audits, waiting_audits
from detection.store.queries.casework.cases import Case, CaseFilters, cases
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.casework.proposals import proposals
from detection.store.queries.casework.suppressions import suppressions

# Streamlit shows a text that stands alone in a page's script: notes here are comments.
_SEE_ALL = ("supervisor", "director")  # roles that look after cases of others
_SETTLED_BY_ONE = "close"  # a move that only who recorded money may not make


def main() -> None:
    """Draw the page."""
    heading(t("nav.work"), t("work.question"))
    requested = draw_requests()
    actor = acting()
    running = query_now(cases, CaseFilters(open=True), today())
    second = [case for case in running if _leads_on(case, actor, second=True)]
    own = [case for case in running if actor.name in case.inspectors and case not in second]
    waiting = [case for case in running if case not in (*own, *second) and _leads_on(case, actor)]
    others = [case for case in running if case not in (*own, *second, *waiting)]
    own_packets = query_now(packets, PacketFilters(holder=actor.name))
    tasks = draw_own_tasks()
    inbox = Inbox.of(
        actor, query_now(proposals), query_now(suppressions, today(), state="proposed"), tuple(second)
    )
    audits, results = query_now(waiting_audits), query_now(completed_audits)
    if not (running or own_packets or inbox or audits or results or tasks):
        if requested:
            return
        empty_state(t("work.none"), t("work.none.text"))
        return
    draw_near_limitations(running if actor.role in _SEE_ALL else own)
    offer_case_assignment([*second, *waiting])
    draw_inbox(inbox)
    for name, rows in (("own", own), ("waiting", waiting)):
        section(t(f"work.{name}"), t(f"work.{name}.note"))
        if rows:
            draw_cases(rows)
        else:
            st.caption(t("work.nothing"))
    section(t("work.packets"), t("work.packets.note"))
    if own_packets:
        draw_packets(own_packets)
    else:
        st.caption(t("work.nothing"))
    if audits:
        draw_audits(audits)
    draw_results(results)
    if inbox.own:
        section(t("work.proposed"), t("work.proposed.note"))
        draw_proposals(inbox.own)
    if inbox.other_suppressions:
        section(t("suppress.waiting"), t("suppress.waiting.note"))
        draw_suppressions(inbox.other_suppressions)
    if others:
        section(t("work.others"), t("work.others.note"))
        draw_cases(others)


def _leads_on(case: Case, actor: Actor, *, second: bool = False) -> bool:
    """Whether the actor may make a move that leads on, notes and recusals aside; or one that needs a second person."""
    cycle = life_cycle(case.kind)
    moves = {
        name: cycle.move[name]
        for name in open_to(cycle, case.standing, actor)
        if EVERY_STATE not in cycle.move[name].start
    }
    if second:
        return any(move.not_by for name, move in moves.items() if name != _SETTLED_BY_ONE)
    return bool(moves)


main()
