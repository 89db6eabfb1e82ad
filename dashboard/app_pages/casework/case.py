"""Case: where it stands, what is due, what can follow, its history, alerts and money."""

from __future__ import annotations

import streamlit as st

from dashboard.casework_views.acting import today
from dashboard.casework_views.case_history import draw_history
from dashboard.casework_views.case_money import draw_money
from dashboard.casework_views.case_moves import offer_moves
from dashboard.casework_views.pack_button import offer_pack
from dashboard.casework_views.packet_table import packet_link
from dashboard.casework_views.tools.combining import draw_links
from dashboard.casework_views.tools.files import draw_files
from dashboard.casework_views.tools.limitation import limitation_text, offer_harm
from dashboard.casework_views.tools.tasks import draw_tasks
from dashboard.casework_views.words import deadline_text, state_chip, word
from dashboard.lead_views.outside import draw_outside
from dashboard.markup import empty_state, heading, join, lines, ribbon, section, severity_chip, table
from dashboard.navigation import link
from dashboard.query_cache import detector_label, query_now
from dashboard.wording import label, localized, t
from detection.store.queries.casework.cases import CasePage, case_page
from detection.store.queries.reader import ReadError


def main() -> None:
    """Draw the case that the URL names."""
    case_id = st.query_params.get("id", "")
    try:
        page = query_now(case_page, case_id, today())
    except ReadError:
        heading(t("nav.case"), t("case.question"))
        empty_state(t("case.unknown"), t("case.unknown.text"))
        return
    heading(case_id, t("case.question"))
    _ribbon(page)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        draw_outside(page)
        draw_history(page)
        draw_money(page)
        draw_tasks(page)
        draw_files(page)
    with right:
        section(t("case.next"), t("case.next.note"))
        offer_moves(page)
        offer_harm(page)
        draw_links(page)
        if page.alerts:  # a lead from outside may have none
            offer_pack(case_id)
            _alerts(page)


def _ribbon(page: CasePage) -> None:
    case = page.case
    first = [
        state_chip(case.kind, case.state),
        packet_link(case.packet_id, case.subject) if case.packet_id else case.subject or "–",
        *([word("packet_kind", case.packet_kind)] if case.packet_kind else []),
        word("packet_queue", case.queue),
        *([label("district", case.district)] if case.district else []),
        *([word("track", case.track)] if case.track else []),
    ]
    second = [
        t("case.people.named", names=t("separator").join(case.inspectors) or "–"),
        *([t("case.recused", names=_names(page))] if page.standing.recused else []),
        *([t("case.verdict", verdict=word("verdict", case.verdict))] if case.verdict else []),
        *([t("case.disposition", name=word("disposition", case.disposition))] if case.disposition else []),
    ]
    clocks = [join([word("clock", clock.clock), deadline_text(clock)], " ") for clock in page.clocks]
    ribbon(lines([join(parts, " · ") for parts in (first, second, clocks, limitation_text(case)) if parts]))


def _names(page: CasePage) -> str:
    return t("separator").join(sorted(page.standing.recused))


def _alerts(page: CasePage) -> None:
    section(t("case.alerts"))
    table(
        [t("column.severity"), t("column.title"), t("column.status")],
        [
            [
                severity_chip(row.severity, row.queue),
                link(detector_label(row.detector), "alert", title=localized(row.title), id=row.alert_id),
                label("status", row.status),
            ]
            for row in page.alerts
        ],
    )


main()
